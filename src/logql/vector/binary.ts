import { LogqlError } from "../errors.ts";
import type { LabelSet } from "../labels/label-set.ts";
import type { BinaryOperation, VectorMatching } from "../syntax/ast.ts";
import { comparisonOperators, setOperators } from "../syntax/operations.ts";
import { applyOperator, compareBool } from "./arithmetic.ts";
import { type Evaluated, emptyRow, type Matrix, type SeriesRow } from "./matrix.ts";
import { combineScalars, combineWithScalar } from "./scalar-operation.ts";
import { combineSets } from "./set-operation.ts";

/** Combine the two sides of a binary operation. */
export function combine(node: BinaryOperation, left: Evaluated, right: Evaluated): Evaluated {
  const { operator, bool } = node;
  if (left.kind === "scalar") {
    if (right.kind === "scalar")
      return { kind: "scalar", value: combineScalars(operator, left.value, right.value) };
    return combineWithScalar(right, left.value, { operator, bool, scalarLeft: true });
  }
  if (right.kind === "scalar")
    return combineWithScalar(left, right.value, { operator, bool, scalarLeft: false });
  if (setOperators.has(operator))
    return combineSets(operator, { left, right, signature: signatureOf(node.matching) });
  return combineVectors(node, left, right);
}

/** The labels that a matching compares. */
function signatureOf(matching: VectorMatching | undefined): (labels: LabelSet) => LabelSet {
  const names = new Set(matching?.names);
  return (labels) => labels.nonEmpty().filter((name) => names.has(name) === (matching?.on ?? false));
}

function combineVectors(node: BinaryOperation, left: Matrix, right: Matrix): Matrix {
  const swapped = node.matching?.cardinality === "one-to-many";
  const [many, one] = swapped ? [right, left] : [left, right];
  const signature = signatureOf(node.matching);
  const ones = bySignature(one.rows, signature);
  const output = new Map<string, SeriesRow>();
  // The other side is unique already; of this one, two may match even if a comparison then drops them.
  const isOneToOne = (node.matching?.cardinality ?? "one-to-one") === "one-to-one";
  const met = isOneToOne ? new Map<string, Uint8Array>() : undefined;
  for (const row of many.rows) {
    for (const partner of ones.get(signature(row.labels).key) ?? []) {
      if (met) meetOnce(met, signature(row.labels).key, [row, partner]);
      const labels = resultLabels(node, row.labels, partner.labels);
      const target = output.get(labels.key) ?? emptyRow(labels, row.values.length);
      output.set(labels.key, target);
      combinePair(node, swapped ? [partner, row] : [row, partner], { target, many: row });
    }
  }
  return { kind: "matrix", rows: [...output.values()].filter((row) => row.present.includes(1)) };
}

function meetOnce(
  met: Map<string, Uint8Array>,
  key: string,
  [row, partner]: readonly [SeriesRow, SeriesRow],
): void {
  const steps = met.get(key) ?? new Uint8Array(row.present.length);
  met.set(key, steps);
  row.present.forEach((present, step) => {
    if (!present || !partner.present[step]) return;
    if (steps[step])
      throw new LogqlError(
        "execution",
        "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)",
      );
    steps[step] = 1;
  });
}

function bySignature(
  rows: readonly SeriesRow[],
  signature: (labels: LabelSet) => LabelSet,
): Map<string, SeriesRow[]> {
  const index = new Map<string, SeriesRow[]>();
  for (const row of rows) {
    const { key } = signature(row.labels);
    const others = index.get(key) ?? [];
    if (others.some((other) => meet(other, row))) {
      throw new LogqlError(
        "execution",
        "found duplicate series on the right hand-side; many-to-many matching not allowed: matching labels must be unique on one side",
      );
    }
    index.set(key, [...others, row]);
  }
  return index;
}

function meet(a: SeriesRow, b: SeriesRow): boolean {
  return a.present.some((present, step) => present !== 0 && b.present[step] !== 0);
}

function resultLabels(node: BinaryOperation, many: LabelSet, one: LabelSet): LabelSet {
  const { matching } = node;
  if (!matching || matching.cardinality === "one-to-one") return signatureOf(matching)(many);
  return matching.include.reduce((labels, name) => labels.with(name, one.get(name) ?? ""), many.nonEmpty());
}

interface Target {
  readonly target: SeriesRow;
  readonly many: SeriesRow;
}

function combinePair(
  node: BinaryOperation,
  [left, right]: readonly [SeriesRow, SeriesRow],
  { target }: Target,
): void {
  const filters = comparisonOperators.has(node.operator) && !node.bool;
  for (let step = 0; step < left.values.length; step++) {
    if (!left.present[step] || !right.present[step]) continue;
    const [a, b] = [left.values[step] ?? 0, right.values[step] ?? 0];
    const asked = node.bool ? compareBool(node.operator, a, b) : undefined;
    const result = asked ?? applyOperator(node.operator, a, b);
    if (result === undefined) continue;
    if (target.present[step]) {
      throw new LogqlError(
        "execution",
        "multiple matches for labels: grouping labels must ensure unique matches",
      );
    }
    target.values[step] = filters ? a : result;
    target.present[step] = 1;
  }
}
