/** What a range aggregation reads: lines, unwrapped values, or either. */
type RangeInput = "lines" | "values" | "either";

export interface RangeOperation {
  readonly input: RangeInput;
  readonly groups: boolean;
  readonly parameter: boolean;
}

/** Every range aggregation of the language. */
export const rangeOperations: ReadonlyMap<string, RangeOperation> = new Map([
  ["count_over_time", { input: "lines", groups: false, parameter: false }],
  ["bytes_over_time", { input: "lines", groups: false, parameter: false }],
  ["bytes_rate", { input: "lines", groups: false, parameter: false }],
  ["rate", { input: "either", groups: false, parameter: false }],
  ["absent_over_time", { input: "either", groups: false, parameter: false }],
  ["rate_counter", { input: "values", groups: false, parameter: false }],
  ["sum_over_time", { input: "values", groups: false, parameter: false }],
  ["avg_over_time", { input: "values", groups: true, parameter: false }],
  ["max_over_time", { input: "values", groups: true, parameter: false }],
  ["min_over_time", { input: "values", groups: true, parameter: false }],
  ["first_over_time", { input: "values", groups: true, parameter: false }],
  ["last_over_time", { input: "values", groups: true, parameter: false }],
  ["stddev_over_time", { input: "values", groups: true, parameter: false }],
  ["stdvar_over_time", { input: "values", groups: true, parameter: false }],
  ["quantile_over_time", { input: "values", groups: true, parameter: true }],
]);

/** Every vector aggregation, with whether it takes a parameter. */
export const vectorOperations: ReadonlyMap<
  string,
  { readonly parameter: boolean; readonly groups: boolean }
> = new Map([
  ["sum", { parameter: false, groups: true }],
  ["avg", { parameter: false, groups: true }],
  ["min", { parameter: false, groups: true }],
  ["max", { parameter: false, groups: true }],
  ["count", { parameter: false, groups: true }],
  ["stddev", { parameter: false, groups: true }],
  ["stdvar", { parameter: false, groups: true }],
  ["topk", { parameter: true, groups: true }],
  ["bottomk", { parameter: true, groups: true }],
  ["sort", { parameter: false, groups: false }],
  ["sort_desc", { parameter: false, groups: false }],
]);

/** How tightly each binary operator binds; `^` alone groups from the right. */
export const precedence: ReadonlyMap<string, number> = new Map([
  ["or", 1],
  ["and", 2],
  ["unless", 2],
  ["==", 3],
  ["!=", 3],
  [">", 3],
  [">=", 3],
  ["<", 3],
  ["<=", 3],
  ["+", 4],
  ["-", 4],
  ["*", 5],
  ["/", 5],
  ["%", 5],
  ["^", 6],
]);

export const setOperators: ReadonlySet<string> = new Set(["or", "and", "unless"]);
export const comparisonOperators: ReadonlySet<string> = new Set(["==", "!=", ">", ">=", "<", "<="]);

/** Words that cannot name a label, since Loki's grammar gives them another meaning everywhere. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    "by without bool on ignoring group_left group_right and or unless offset variants of " +
    "json logfmt regexp pattern unpack unwrap line_format label_format decolorize drop keep"
  ).split(" "),
);

/** Words of Loki that this engine refuses, with the reason a user reads. */
export const refusedOperations: ReadonlyMap<string, string> = new Map([
  ["approx_topk", "approx_topk is experimental and approximate; use topk"],
  ["variants", "variants(…) of (…) is experimental; write one query per variant"],
]);

/** Whether a word names a function. Unlike a reserved word it may name a label too, where no parenthesis follows. */
export function isFunction(word: string): boolean {
  return (
    rangeOperations.has(word) ||
    vectorOperations.has(word) ||
    refusedOperations.has(word) ||
    otherFunctions.has(word)
  );
}

const otherFunctions: ReadonlySet<string> = new Set([
  "label_replace",
  "vector",
  "ip",
  "bytes",
  "duration",
  "duration_seconds",
]);
