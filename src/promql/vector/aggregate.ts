import { emptyRow, type Matrix, type SeriesRow } from "../../logql/parts.ts";
import { meanOf, sumOf, varianceOf } from "../functions/kahan.ts";
import { quantileOf } from "../functions/quantile.ts";
import type { Aggregation } from "../syntax/ast.ts";
import { countValues } from "./count-values.ts";
import { type Group, groupRows } from "./group.ts";
import { selectExtremes } from "./select-extremes.ts";

export interface AggregationInputs {
  readonly steps: number;
  /** What topk, bottomk, quantile and count_values are given, for each step. */
  readonly parameter: Float64Array | string | undefined;
}

/** Aggregate an instant vector into groups, step by step. */
export function aggregate(node: Aggregation, input: Matrix, { steps, parameter }: AggregationInputs): Matrix {
  if (typeof parameter === "string") return countValues(node.grouping, input, parameter);
  const groups = groupRows(node.grouping, input.rows);
  if (node.operation === "topk" || node.operation === "bottomk") {
    const counts = parameter ?? new Float64Array(steps);
    return selectExtremes(groups, { counts, largest: node.operation === "topk" });
  }
  const combine = combiners[node.operation];
  if (!combine) throw new Error(`no such aggregation: ${node.operation}`);
  const rows = groups.map((group) => combineGroup(group, { steps, combine, parameter }));
  return { kind: "matrix", rows };
}

type Combiner = (values: Float64Array, parameter: number) => number;

const combiners: Readonly<Record<string, Combiner>> = {
  sum: sumOf,
  avg: meanOf,
  min: (values) => values.reduce((best, value) => (value < best || Number.isNaN(best) ? value : best)),
  max: (values) => values.reduce((best, value) => (value > best || Number.isNaN(best) ? value : best)),
  count: (values) => values.length,
  group: () => 1,
  stdvar: varianceOf,
  stddev: (values) => Math.sqrt(varianceOf(values)),
  quantile: (values, quantile) => quantileOf(quantile, values),
};

interface Combination {
  readonly steps: number;
  readonly combine: Combiner;
  readonly parameter: Float64Array | undefined;
}

function combineGroup({ labels, members }: Group, { steps, combine, parameter }: Combination): SeriesRow {
  const row = emptyRow(labels, steps);
  const values = new Float64Array(members.length);
  for (let step = 0; step < steps; step++) {
    let count = 0;
    for (const member of members) if (member.present[step]) values[count++] = member.values[step] ?? 0;
    if (count === 0) continue;
    row.values[step] = combine(values.subarray(0, count), parameter?.[step] ?? 0);
    row.present[step] = 1;
  }
  return row;
}
