export type ValueType = "scalar" | "instant vector" | "range vector" | "string";

/** What a function takes and gives. */
export interface Signature {
  readonly args: readonly ValueType[];
  /** The last so many arguments may be left out; Infinity repeats the last. */
  readonly optional: number;
  readonly returns: "scalar" | "instant vector";
}

/** How many arguments a call may have. */
export function argumentCounts({ args, optional }: Signature): {
  readonly least: number;
  readonly most: number;
} {
  if (optional === Infinity) return { least: args.length - 1, most: Infinity };
  return { least: args.length - optional, most: args.length };
}

/** The type of an argument, that of the last where it repeats. */
export function argumentType({ args }: Signature, index: number): ValueType | undefined {
  return args[index] ?? args.at(-1);
}

const letters: Readonly<Record<string, ValueType>> = {
  s: "scalar",
  v: "instant vector",
  r: "range vector",
  t: "string",
};

// name: one letter an argument, `?` for one that may be left out, `*` for a last one that repeats.
const spelled = `
abs:v absent:v absent_over_time:r acos:v acosh:v asin:v asinh:v atan:v atanh:v avg_over_time:r ceil:v changes:r
clamp:vss clamp_max:vs clamp_min:vs cos:v cosh:v count_over_time:r day_of_month:v? day_of_week:v? day_of_year:v?
days_in_month:v? deg:v delta:r deriv:r exp:v first_over_time:r floor:v histogram_quantile:sv hour:v? idelta:r increase:r irate:r
label_join:vttt* label_replace:vtttt last_over_time:r ln:v log10:v log2:v max_over_time:r min_over_time:r minute:v?
month:v? pi: predict_linear:rs present_over_time:r quantile_over_time:sr rad:v rate:r resets:r round:vs? scalar:v
sgn:v sin:v sinh:v sort:v sort_desc:v sqrt:v stddev_over_time:r stdvar_over_time:r sum_over_time:r tan:v tanh:v time:
timestamp:v vector:s year:v?`;

/** Every function the engine evaluates. */
export const functionSignatures: ReadonlyMap<string, Signature> = new Map(
  spelled
    .trim()
    .split(/\s+/)
    .map((entry) => [entry.slice(0, entry.indexOf(":")), readSignature(entry)] as const),
);

function readSignature(entry: string): Signature {
  const [name = "", spelling = ""] = entry.split(":");
  const args = [...spelling].flatMap((letter) => letters[letter] ?? []);
  const returns = ["pi", "scalar", "time"].includes(name) ? "scalar" : "instant vector";
  return { args, optional: spelling.endsWith("*") ? Infinity : spelling.endsWith("?") ? 1 : 0, returns };
}

const experimental = "experimental, and off in a Prometheus that was not told otherwise";
const native = "works on native histograms, which this engine does not hold";

/** Functions of Prometheus that the engine refuses, with the reason. */
export const refusedFunctions: ReadonlyMap<string, string> = new Map([
  ...[
    "double_exponential_smoothing",
    "end",
    "histogram_quantiles",
    "info",
    "mad_over_time",
    "max_of",
    "min_of",
    "range",
    "sort_by_label",
    "sort_by_label_desc",
    "start",
    "start_timestamp",
    "step",
    "ts_of_first_over_time",
    "ts_of_last_over_time",
    "ts_of_max_over_time",
    "ts_of_min_over_time",
  ].map((name) => [name, experimental] as const),
  ...["histogram_avg", "histogram_count", "histogram_stddev", "histogram_stdvar", "histogram_sum"].map(
    (name) => [name, native] as const,
  ),
  ["histogram_fraction", "not built here; divide the buckets that count by the total"],
]);

/** Every aggregation, with whether it takes a parameter. */
export const aggregations: ReadonlyMap<string, boolean> = new Map([
  ["sum", false],
  ["avg", false],
  ["min", false],
  ["max", false],
  ["count", false],
  ["group", false],
  ["stddev", false],
  ["stdvar", false],
  ["topk", true],
  ["bottomk", true],
  ["quantile", true],
  ["count_values", true],
  ["limitk", true],
  ["limit_ratio", true],
]);

/** Aggregations of Prometheus that the engine refuses, with the reason. */
export const refusedAggregations: ReadonlyMap<string, string> = new Map(
  ["limitk", "limit_ratio"].map((name) => [name, `${name}: ${experimental}`] as const),
);
