import type { LabelSet } from "../labels/label-set.ts";
import { emptyRow, type Matrix, type SeriesRow } from "./matrix.ts";

export interface SetOperands {
  readonly left: Matrix;
  readonly right: Matrix;
  /** The labels that are compared. */
  readonly signature: (labels: LabelSet) => LabelSet;
}

/** and, or, unless: whole samples of either side, by whether the other side has one that matches at that step. */
export function combineSets(operator: string, { left, right, signature }: SetOperands): Matrix {
  if (operator !== "or")
    return matrix(keep(left, matched(right, signature), { signature, wanted: operator === "and" }));
  const extra = keep(right, matched(left, signature), { signature, wanted: false });
  return matrix(merge([...left.rows, ...extra]));
}

function matrix(rows: readonly SeriesRow[]): Matrix {
  return { kind: "matrix", rows: rows.filter((row) => row.present.includes(1)) };
}

type Signature = SetOperands["signature"];

function matched(input: Matrix, signature: Signature): Map<string, Uint8Array> {
  const steps = new Map<string, Uint8Array>();
  for (const row of input.rows) {
    const { key } = signature(row.labels);
    const seen = steps.get(key) ?? new Uint8Array(row.present.length);
    row.present.forEach((present, step) => {
      if (present) seen[step] = 1;
    });
    steps.set(key, seen);
  }
  return steps;
}

interface Keeping {
  readonly signature: Signature;
  readonly wanted: boolean;
}

function keep(
  input: Matrix,
  others: ReadonlyMap<string, Uint8Array>,
  { signature, wanted }: Keeping,
): SeriesRow[] {
  return input.rows.map((row) => {
    const other = others.get(signature(row.labels).key);
    const present = row.present.map((here, step) => (here && (other?.[step] === 1) === wanted ? 1 : 0));
    return { ...row, present };
  });
}

// The two sides of `or` may hold the same series at different steps.
function merge(rows: readonly SeriesRow[]): SeriesRow[] {
  const merged = new Map<string, SeriesRow>();
  for (const row of rows) {
    const target = merged.get(row.labels.key) ?? emptyRow(row.labels, row.values.length);
    row.present.forEach((present, step) => {
      if (!present) return;
      target.values[step] = row.values[step] ?? 0;
      target.present[step] = 1;
    });
    merged.set(row.labels.key, target);
  }
  return [...merged.values()];
}
