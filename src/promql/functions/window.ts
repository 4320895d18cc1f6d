import { emptyRow, type SeriesRow } from "../../logql/parts.ts";
import { type EvaluationContext, timeAt } from "../evaluate/context.ts";
import type { RangeSeries, RangeVector } from "../evaluate/range-series.ts";

/** The samples of one series within the range of one step, at least one, and where the range lies. */
export interface Window {
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** The range is after this time. */
  readonly startMs: number;
  /** Up to and with this time. */
  readonly endMs: number;
  readonly rangeMs: number;
  /** The time of the step; `offset` and `@` set the range apart from it. */
  readonly nowMs: number;
  /** The scalar argument at this step; NaN where there is none. */
  readonly parameter: number;
}

/** What a range function makes of a window; undefined leaves the step without a sample. */
export type WindowFunction = (window: Window) => number | undefined;

interface WindowInputs {
  readonly range: RangeVector;
  readonly context: EvaluationContext;
  readonly parameter: Float64Array | undefined;
}

/** Run a range function over the windows of one series. */
export function overWindows(
  series: RangeSeries,
  { range, context, parameter }: WindowInputs,
  run: WindowFunction,
): SeriesRow {
  const { ends, rangeMs } = range;
  const row = emptyRow(series.labels, ends.length);
  let from = 0;
  let to = 0;
  ends.forEach((endMs, step) => {
    // The near end belongs to the range, the far end does not.
    while (to < series.times.length && (series.times[to] ?? 0) <= endMs) to++;
    while (from < to && (series.times[from] ?? 0) <= endMs - rangeMs) from++;
    if (from === to) return;
    const result = run({
      times: series.times.subarray(from, to),
      values: series.values.subarray(from, to),
      startMs: endMs - rangeMs,
      endMs,
      rangeMs,
      nowMs: timeAt(context.grid, step),
      parameter: parameter?.[step] ?? Number.NaN,
    });
    if (result === undefined) return;
    row.values[step] = result;
    row.present[step] = 1;
  });
  return row;
}
