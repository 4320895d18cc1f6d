import {
  combineSets,
  compareBool,
  comparisonOperators,
  emptyRow,
  type LabelSet,
  type Matrix,
  type SeriesRow,
  setOperators,
} from "../../logql/parts.ts";
import type { Value } from "../evaluate/context.ts";
import type { BinaryOperation, VectorMatching } from "../syntax/ast.ts";
import { calculate } from "./arithmetic.ts";
import { combineVectors } from "./matching.ts";
import { distinctRows, withoutName } from "./names.ts";

/** Combine the two sides of a binary operation. */
export function combine(node: BinaryOperation, [left, right]: readonly [Value, Value]): Value {
  if (left.kind === "string" || right.kind === "string") throw new Error("a string can't be combined");
  if (left.kind === "scalar") {
    if (right.kind === "matrix")
      return combineWithScalar(node, right, { scalar: left.values, scalarLeft: true });
    return {
      kind: "scalar",
      values: left.values.map((value, step) => scalars(node.operator, value, right.values[step] ?? 0)),
    };
  }
  if (right.kind === "scalar")
    return combineWithScalar(node, left, { scalar: right.values, scalarLeft: false });
  const signature = signatureOf(node.matching);
  if (setOperators.has(node.operator)) return combineSets(node.operator, { left, right, signature });
  return combineVectors(node, { left, right, signature });
}

/** The labels that a matching compares: never the metric's name, unless `on` asks for it. */
function signatureOf(matching: VectorMatching | undefined): (labels: LabelSet) => LabelSet {
  const names = new Set(matching?.names);
  if (matching?.on) return (labels) => labels.filter((name) => names.has(name));
  names.add("__name__");
  return (labels) => labels.filter((name) => !names.has(name));
}

function scalars(operator: string, left: number, right: number): number {
  return compareBool(operator, left, right) ?? calculate(operator, left, right);
}

interface ScalarSide {
  readonly scalar: Float64Array;
  readonly scalarLeft: boolean;
}

// A comparison filters, and keeps the sample of the vector whichever side it stands on; with bool it gives 1 or 0.
function combineWithScalar(node: BinaryOperation, input: Matrix, { scalar, scalarLeft }: ScalarSide): Matrix {
  const filters = comparisonOperators.has(node.operator) && !node.bool;
  const rows = input.rows.map((from): SeriesRow => {
    const row = emptyRow(filters ? from.labels : withoutName(from.labels), from.values.length);
    from.values.forEach((value, step) => {
      if (!from.present[step]) return;
      const other = scalar[step] ?? 0;
      const result = scalarLeft ? scalars(node.operator, other, value) : scalars(node.operator, value, other);
      if (filters && result === 0) return;
      row.values[step] = filters ? value : result;
      row.present[step] = 1;
    });
    return row;
  });
  return { kind: "matrix", rows: distinctRows(rows.filter((row) => row.present.includes(1))) };
}
