import { emptyRow, formatSample, type Matrix, type SeriesRow } from "../../logql/parts.ts";
import { PromqlError } from "../errors.ts";
import type { Grouping } from "../syntax/ast.ts";
import { groupLabels } from "./group.ts";

/** count_values: how many series of a group have each value, the value as a label. */
export function countValues(grouping: Grouping, input: Matrix, label: string): Matrix {
  if (label === "") throw new PromqlError("execution", `invalid label name ${JSON.stringify(label)}`);
  const rows = new Map<string, SeriesRow>();
  for (const { labels, values, present } of input.rows) {
    const group = groupLabels(grouping, labels);
    present.forEach((here, step) => {
      if (!here) return;
      const counted = group.with(label, formatSample(values[step] ?? 0));
      const row = rows.get(counted.key) ?? emptyRow(counted, values.length);
      row.values[step] = (row.values[step] ?? 0) + 1;
      row.present[step] = 1;
      rows.set(counted.key, row);
    });
  }
  return { kind: "matrix", rows: [...rows.values()] };
}
