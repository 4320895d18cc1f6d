import type { LabelSet } from "../logql/parts.ts";
import type { Matcher } from "./syntax/ast.ts";

/** Samples in the order of time: milliseconds since 1970, and values. A stale marker keeps its bits. */
export interface Samples {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

export interface StoredSeries {
  readonly labels: LabelSet;
  /** The samples after `fromMs` up to and with `toMs`. */
  read(fromMs: number, toMs: number): Samples;
}

/** Where the evaluator finds its series. */
export interface SeriesSource {
  select(matchers: readonly Matcher[]): readonly StoredSeries[];
}
