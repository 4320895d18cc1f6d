import type { LabelSet } from "../labels/label-set.ts";
import type { Grouping, VectorAggregation } from "../syntax/ast.ts";
import { emptyRow, type Matrix, type SeriesRow } from "./matrix.ts";
import { select } from "./select.ts";

/** Aggregate series into groups, step by step. */
export function aggregate(node: VectorAggregation, input: Matrix, steps: number): Matrix {
  if (selecting.has(node.operation)) return select(node, group(node.grouping, input.rows), steps);
  const combine = combiners[node.operation];
  if (!combine) throw new Error(`no such aggregation: ${node.operation}`);
  const rows = group(node.grouping, input.rows).map(({ labels, members }) =>
    combineRows(labels, members, { steps, combine }),
  );
  return { kind: "matrix", rows };
}

/** The series of one group. */
export interface Group {
  readonly labels: LabelSet;
  readonly members: SeriesRow[];
}

/** Sort series into groups by the labels that the grouping keeps. */
function group(grouping: Grouping | undefined, rows: readonly SeriesRow[]): Group[] {
  const names = new Set(grouping?.names);
  const keeps = (name: string): boolean => (grouping ? names.has(name) !== grouping.without : false);
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const labels = grouping?.without ? row.labels.nonEmpty().filter(keeps) : row.labels.filter(keeps);
    const known = groups.get(labels.key);
    if (known) known.members.push(row);
    else groups.set(labels.key, { labels, members: [row] });
  }
  return [...groups.values()];
}

const selecting: ReadonlySet<string> = new Set(["topk", "bottomk", "sort", "sort_desc"]);

type Combiner = (values: readonly number[]) => number;

const combiners: Readonly<Record<string, Combiner>> = {
  sum: total,
  avg: mean,
  min: (values) => extreme(values, (value, best) => value < best),
  max: (values) => extreme(values, (value, best) => value > best),
  count: (values) => values.length,
  stdvar: variance,
  stddev: (values) => Math.sqrt(variance(values)),
};

interface Combination {
  readonly steps: number;
  readonly combine: Combiner;
}

function combineRows(
  labels: LabelSet,
  members: readonly SeriesRow[],
  { steps, combine }: Combination,
): SeriesRow {
  const row = emptyRow(labels, steps);
  for (let step = 0; step < steps; step++) {
    const values: number[] = [];
    for (const member of members) if (member.present[step]) values.push(member.values[step] ?? 0);
    if (values.length === 0) continue;
    row.values[step] = combine(values);
    row.present[step] = 1;
  }
  return row;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((average, value, i) => {
    // What is infinite stays so, unless infinity of the other sign or NaN is added.
    const settled = Math.abs(average) === Infinity && (value === average || Number.isFinite(value));
    return settled ? average : average + (value - average) / (i + 1);
  }, 0);
}

function extreme(values: readonly number[], better: (value: number, best: number) => boolean): number {
  return values.reduce((best, value) => (better(value, best) || Number.isNaN(best) ? value : best));
}

// One value does not vary, not even infinity or NaN.
function variance([first = 0, ...rest]: readonly number[]): number {
  let average = first;
  let squares = 0;
  rest.forEach((value, i) => {
    const delta = value - average;
    average += delta / (i + 2);
    squares += delta * (value - average);
  });
  return squares / (rest.length + 1);
}
