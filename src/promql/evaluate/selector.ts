import { emptyRow, type Matrix, type SeriesRow } from "../../logql/parts.ts";
import type { Samples } from "../series-source.ts";
import { isStale } from "../staleness.ts";
import type { VectorSelector } from "../syntax/ast.ts";
import { type EvaluationContext, shiftedTimes } from "./context.ts";

/** An instant vector: of every series the newest sample within the look-back. */
export function evaluateSelector(node: VectorSelector, context: EvaluationContext): Matrix {
  return sampled(node, context, (samples, index) => samples.values[index] ?? 0);
}

/** The same with the time of each sample, in seconds, in place of its value. */
export function evaluateTimestamps(node: VectorSelector, context: EvaluationContext): Matrix {
  return sampled(node, context, (samples, index) => (samples.times[index] ?? 0) / 1000);
}

function sampled(
  node: VectorSelector,
  context: EvaluationContext,
  value: (samples: Samples, index: number) => number,
): Matrix {
  const times = shiftedTimes(node, context);
  const [from, to] = [times.at(0) ?? 0, times.at(-1) ?? 0];
  const rows = context.store.select(node.matchers).map((series): SeriesRow => {
    const samples = series.read(from - context.lookbackMs, to);
    const row = emptyRow(series.labels, times.length);
    let index = -1;
    let found = 0;
    times.forEach((time, step) => {
      while (index + 1 < samples.times.length && (samples.times[index + 1] ?? 0) <= time) index++;
      // The look-back leaves its far end out.
      if (index < 0 || (samples.times[index] ?? 0) <= time - context.lookbackMs) return;
      if (isStale(samples.values, index)) return;
      row.values[step] = value(samples, index);
      row.present[step] = 1;
      found++;
    });
    context.budget.spend(found);
    return row;
  });
  return { kind: "matrix", rows: rows.filter((row) => row.present.includes(1)) };
}
