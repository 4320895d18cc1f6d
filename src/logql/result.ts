export type Direction = "forward" | "backward";

export interface StreamResult {
  readonly stream: Readonly<Record<string, string>>;
  /** `[nanoseconds, line]`, and the labels by category where the query asked for that. */
  readonly values: readonly StreamValue[];
}

export type StreamValue =
  | readonly [nanoseconds: string, line: string]
  | readonly [nanoseconds: string, line: string, labels: EntryLabels];

/** Labels that an entry has beside those of its stream; a category without any is left out. */
export interface EntryLabels {
  readonly structuredMetadata?: Readonly<Record<string, string>>;
  readonly parsed?: Readonly<Record<string, string>>;
}

/** `[seconds, value]`, the value as Go prints it. */
export type SamplePair = readonly [number, string];

export interface VectorSample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: SamplePair;
}

export interface MatrixSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly SamplePair[];
}

export interface QueryStatistics {
  readonly summary: {
    readonly totalLinesProcessed: number;
    readonly totalBytesProcessed: number;
    /** Seconds. */
    readonly execTime: number;
  };
}

/** The `data` member of Loki's answer to a query. */
export type QueryResult = { readonly stats: QueryStatistics } & (
  | { readonly resultType: "streams"; readonly result: readonly StreamResult[] }
  | { readonly resultType: "vector"; readonly result: readonly VectorSample[] }
  | { readonly resultType: "matrix"; readonly result: readonly MatrixSeries[] }
  | { readonly resultType: "scalar"; readonly result: SamplePair }
);

/** Print a sample as Go's strconv.FormatFloat does with format 'f' and the least digits. */
export function formatSample(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (Object.is(value, -0)) return "-0";
  const text = String(value);
  const found = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!found) return text;
  const [, sign = "", lead = "", rest = ""] = found;
  const exponent = Number(found[4]);
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${lead}${rest}`;
  return `${sign}${lead}${rest.padEnd(exponent, "0")}`;
}
