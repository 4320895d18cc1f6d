import { type LabelSet, positionAt } from "../../logql/parts.ts";
import { PromqlError } from "../errors.ts";
import type { Samples } from "../series-source.ts";
import { isStale } from "../staleness.ts";
import type { Expression, RangeSelector, Subquery } from "../syntax/ast.ts";
import { type EvaluationContext, type Grid, shiftedTimes, timeAt } from "./context.ts";
import type { EvaluateVector } from "./evaluate.ts";

/** The samples of one series over a whole query, stale markers left out. */
export interface RangeSeries extends Samples {
  readonly labels: LabelSet;
}

/** A range vector: its series, and where the window of each step ends. */
export interface RangeVector {
  readonly series: readonly RangeSeries[];
  readonly ends: Float64Array;
  readonly rangeMs: number;
}

/** Gather what a range function reads. */
export function rangeVectorOf(
  node: Expression,
  context: EvaluationContext,
  evaluate: EvaluateVector,
): RangeVector {
  const range = unwrapped(node);
  const ends = shiftedTimes(range, context);
  const series =
    range.kind === "range"
      ? selectRanges(range, ends, context)
      : evaluateSubquery(range, { ends, context, evaluate });
  context.budget.spend(series.reduce((sum, { times }) => sum + times.length, 0));
  return { series, ends, rangeMs: range.rangeMs };
}

/** The selector or subquery within parentheses. */
export function unwrapped(node: Expression): RangeSelector | Subquery {
  if (node.kind === "parenthesis") return unwrapped(node.inner);
  if (node.kind === "range" || node.kind === "subquery") return node;
  // The types were checked.
  throw new Error(`no range vector: ${node.kind}`);
}

function selectRanges(node: RangeSelector, ends: Float64Array, { store }: EvaluationContext): RangeSeries[] {
  const [from, to] = [ends.at(0) ?? 0, ends.at(-1) ?? 0];
  return store
    .select(node.selector.matchers)
    .map((series) => ({ labels: series.labels, ...withoutStale(series.read(from - node.rangeMs, to)) }));
}

function withoutStale(samples: Samples): Samples {
  const kept = samples.values.map((_, i) => (isStale(samples.values, i) ? 0 : 1));
  if (!kept.includes(0)) return samples;
  const keep = (_: number, i: number): boolean => kept[i] === 1;
  return { times: samples.times.filter(keep), values: samples.values.filter(keep) };
}

interface SubqueryInputs {
  readonly ends: Float64Array;
  readonly context: EvaluationContext;
  readonly evaluate: EvaluateVector;
}

function evaluateSubquery(node: Subquery, { ends, context, evaluate }: SubqueryInputs): RangeSeries[] {
  const grid = subqueryGrid(node, ends, context);
  if (grid.count <= 0) return [];
  const { rows } = evaluate(node.inner, { ...context, grid });
  return rows.map(({ labels, values, present }) => {
    const keep = (_: number, step: number): boolean => present[step] === 1;
    const times = Float64Array.from(values, (_, step) => timeAt(grid, step));
    return { labels, times: times.filter(keep), values: values.filter(keep) };
  });
}

// The inner expression is evaluated at whole multiples of the step, wherever the query begins.
function subqueryGrid(node: Subquery, ends: Float64Array, context: EvaluationContext): Grid {
  const stepMs = node.stepMs ?? context.subqueryStepMs;
  const after = (ends.at(0) ?? 0) - node.rangeMs;
  const startMs = (Math.floor(after / stepMs) + 1) * stepMs;
  const count = Math.floor(((ends.at(-1) ?? 0) - startMs) / stepMs) + 1;
  if (count > maxSubquerySteps) {
    const message = `the subquery has ${count} steps, more than ${maxSubquerySteps}; make its step longer`;
    throw new PromqlError("limit", message, positionAt(context.source, node.offset));
  }
  return { startMs, stepMs, count };
}

const maxSubquerySteps = 1_000_000;
