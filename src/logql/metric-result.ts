import { LogqlError } from "./errors.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { LabelSet } from "./labels/label-set.ts";
import { formatSample, type MatrixSeries, type SamplePair, type VectorSample } from "./result.ts";
import { constantRow, type Evaluated, type Matrix } from "./vector/matrix.ts";

/** The answer to an instant metric query. */
export function vectorResult(
  result: Evaluated,
  context: EvaluationContext,
): { resultType: "vector"; result: VectorSample[] } | { resultType: "scalar"; result: SamplePair } {
  const seconds = secondsAt(context, 0);
  if (result.kind === "scalar")
    return { resultType: "scalar", result: [seconds, formatSample(result.value)] };
  const rows = limited(result, context).rows.filter((row) => row.present[0]);
  const samples = rows.map(
    (row): VectorSample => ({
      metric: row.labels.toObject(),
      value: [seconds, formatSample(row.values[0] ?? 0)],
    }),
  );
  return { resultType: "vector", result: samples };
}

/** The answer to a metric query over a range. */
export function matrixResult(
  result: Evaluated,
  context: EvaluationContext,
): { resultType: "matrix"; result: MatrixSeries[] } {
  const { steps } = context;
  const rows =
    result.kind === "scalar"
      ? [constantRow(LabelSet.empty, steps.count, result.value)]
      : limited(result, context).rows;
  const series = rows.map((row): MatrixSeries => {
    const values: SamplePair[] = [];
    row.present.forEach((present, step) => {
      if (present) values.push([secondsAt(context, step), formatSample(row.values[step] ?? 0)]);
    });
    return { metric: row.labels.toObject(), values };
  });
  return { resultType: "matrix", result: series.filter(({ values }) => values.length > 0) };
}

// Loki prints sample times in whole milliseconds.
function secondsAt({ time, steps }: EvaluationContext, step: number): number {
  return time.toMs(steps.at(step)) / 1e3;
}

function limited(matrix: Matrix, { limits }: EvaluationContext): Matrix {
  if (matrix.rows.length > limits.maxSeries) {
    throw new LogqlError("limit", `maximum of series (${limits.maxSeries}) reached for a single query`);
  }
  return matrix;
}
