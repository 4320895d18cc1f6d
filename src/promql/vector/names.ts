import { emptyRow, type LabelSet, type SeriesRow } from "../../logql/parts.ts";
import { PromqlError } from "../errors.ts";

/** The labels without the name of the metric, as of a value that is no longer what the metric counts. */
export function withoutName(labels: LabelSet): LabelSet {
  return labels.has("__name__") ? labels.with("__name__", "") : labels;
}

/**
 * Join rows that have the same labels, such as once their names are gone.
 * @throws PromqlError when two of them have a sample at one step.
 */
export function distinctRows(rows: readonly SeriesRow[]): SeriesRow[] {
  const distinct = new Map<string, SeriesRow>();
  for (const row of rows) {
    const known = distinct.get(row.labels.key);
    distinct.set(row.labels.key, known ? join(known, row) : row);
  }
  return [...distinct.values()];
}

function join(a: SeriesRow, b: SeriesRow): SeriesRow {
  const row = emptyRow(a.labels, a.values.length);
  for (let step = 0; step < row.values.length; step++) {
    if (a.present[step] && b.present[step]) throw sameLabels();
    const from = a.present[step] ? a : b;
    row.values[step] = from.values[step] ?? 0;
    row.present[step] = from.present[step] ?? 0;
  }
  return row;
}

export function sameLabels(): PromqlError {
  return new PromqlError("execution", "vector cannot contain metrics with the same labelset");
}
