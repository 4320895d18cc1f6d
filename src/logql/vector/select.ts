import type { VectorAggregation } from "../syntax/ast.ts";
import type { Group } from "./aggregate.ts";
import { emptyRow, type Matrix, type SeriesRow } from "./matrix.ts";

/** topk, bottomk, sort and sort_desc: the series themselves, with their labels, some of them or in another order. */
export function select(node: VectorAggregation, groups: readonly Group[], steps: number): Matrix {
  const ascending = node.operation === "bottomk" || node.operation === "sort";
  const limit = node.parameter ?? Infinity;
  const rows = groups.flatMap(({ members }) => selectRows(members, { steps, ascending, limit }));
  return { kind: "matrix", rows };
}

interface Selection {
  readonly steps: number;
  readonly ascending: boolean;
  readonly limit: number;
}

// The rows come back in the order of their values at the first step: the only order an instant query has.
function selectRows(members: readonly SeriesRow[], { steps, ascending, limit }: Selection): SeriesRow[] {
  const selected = new Map<SeriesRow, SeriesRow>();
  for (let step = 0; step < steps; step++) {
    const present = members.filter((row) => row.present[step]);
    present.sort((a, b) => order(a.values[step] ?? 0, b.values[step] ?? 0, ascending));
    for (const row of present.slice(0, limit)) {
      const copy = selected.get(row) ?? emptyRow(row.labels, steps);
      copy.values[step] = row.values[step] ?? 0;
      copy.present[step] = 1;
      selected.set(row, copy);
    }
  }
  return [...selected.values()];
}

// NaN comes last in either direction.
function order(a: number, b: number, ascending: boolean): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  if (Number.isNaN(b)) return -1;
  return ascending ? a - b : b - a;
}
