import { LogqlError } from "../errors.ts";
import type { EvaluationContext } from "../evaluation-context.ts";
import { LabelSet } from "../labels/label-set.ts";
import type { Grouping, RangeAggregation } from "../syntax/ast.ts";
import { emptyRow, type Matrix, type SeriesRow } from "../vector/matrix.ts";
import { collectSamples } from "./collect-samples.ts";
import { windowFunctions } from "./functions.ts";
import type { SeriesSamples } from "./series-samples.ts";

/**
 * Evaluate a range aggregation at every step. `outer` is the grouping of a `sum` right above, which the series
 * may already be grouped by: their sum is the same, and only those labels need be parsed.
 */
export function evaluateRange(node: RangeAggregation, context: EvaluationContext, outer?: Grouping): Matrix {
  const grouping = node.grouping ?? outer;
  const series = collectSamples(node, context, grouping);
  if (node.operation === "absent_over_time") return absent(node, series, context);
  const rows = series
    .map((samples) => slide(node, samples, context))
    .filter((row) => row.present.includes(1));
  return { kind: "matrix", rows };
}

function slide(node: RangeAggregation, samples: SeriesSamples, { steps }: EvaluationContext): SeriesRow {
  const row = emptyRow(samples.labels, steps.count);
  const evaluate = windowFunctions[node.operation];
  if (!evaluate) throw new LogqlError("execution", `unknown aggregation ${node.operation}`);
  const { times, values, count } = samples;
  const rangeSeconds = node.rangeNs / 1e9;
  let from = 0;
  let to = 0;
  for (let step = 0; step < steps.count; step++) {
    const end = steps.at(step) - node.offsetNs;
    while (to < count && (times[to] ?? 0) <= end) to++;
    while (from < to && (times[from] ?? 0) <= end - node.rangeNs) from++;
    if (from === to) continue;
    row.values[step] = evaluate({ times, values, from, to, rangeSeconds, parameter: node.parameter ?? 0 });
    row.present[step] = 1;
  }
  return row;
}

// The labels of what is absent are those that the selector pins down.
function absent(
  node: RangeAggregation,
  series: readonly SeriesSamples[],
  context: EvaluationContext,
): Matrix {
  const pinned = node.log.selector.filter(({ operator, value }) => operator === "=" && value !== "");
  const unique = pinned.filter(({ name }) => pinned.filter((other) => other.name === name).length === 1);
  const row = emptyRow(LabelSet.from(unique.map(({ name, value }) => [name, value])), context.steps.count);
  const seen = series[0] && slide(node, series[0], context);
  for (let step = 0; step < context.steps.count; step++) {
    if (seen?.present[step]) continue;
    row.values[step] = 1;
    row.present[step] = 1;
  }
  return { kind: "matrix", rows: row.present.includes(1) ? [row] : [] };
}
