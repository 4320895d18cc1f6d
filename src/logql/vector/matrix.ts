import type { LabelSet } from "../labels/label-set.ts";

/** One series of a result over all steps of the query. `present` tells a step without a sample from one with NaN. */
export interface SeriesRow {
  readonly labels: LabelSet;
  readonly values: Float64Array;
  readonly present: Uint8Array;
}

/** What an expression evaluates to: a number, or series over the steps. */
export type Evaluated = { readonly kind: "scalar"; readonly value: number } | Matrix;

export interface Matrix {
  readonly kind: "matrix";
  readonly rows: readonly SeriesRow[];
}

export function emptyRow(labels: LabelSet, steps: number): SeriesRow {
  return { labels, values: new Float64Array(steps), present: new Uint8Array(steps) };
}

/** A row that holds one value at every step. */
export function constantRow(labels: LabelSet, steps: number, value: number): SeriesRow {
  return { labels, values: new Float64Array(steps).fill(value), present: new Uint8Array(steps).fill(1) };
}
