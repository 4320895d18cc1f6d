import { comparisonOperators } from "../syntax/operations.ts";
import { applyOperator, compareBool } from "./arithmetic.ts";
import { emptyRow, type Matrix, type SeriesRow } from "./matrix.ts";

export interface ScalarOperation {
  readonly operator: string;
  readonly bool: boolean;
  /** The scalar stands on the left. */
  readonly scalarLeft: boolean;
}

/** Two numbers: a comparison gives 1 or 0. */
export function combineScalars(operator: string, left: number, right: number): number {
  return compareBool(operator, left, right) ?? applyOperator(operator, left, right) ?? Number.NaN;
}

/** A vector and a number: a comparison filters, unless bool asks for 1 or 0. */
export function combineWithScalar(input: Matrix, scalar: number, operation: ScalarOperation): Matrix {
  const rows = input.rows
    .map((row) => combineRow(row, scalar, operation))
    .filter((row) => row.present.includes(1));
  return { kind: "matrix", rows };
}

function combineRow(
  input: SeriesRow,
  scalar: number,
  { operator, bool, scalarLeft }: ScalarOperation,
): SeriesRow {
  const row = emptyRow(input.labels, input.values.length);
  const filters = comparisonOperators.has(operator) && !bool;
  input.values.forEach((value, step) => {
    if (!input.present[step]) return;
    const [left, right] = scalarLeft ? [scalar, value] : [value, scalar];
    const asked = bool ? compareBool(operator, left, right) : undefined;
    const result = asked ?? applyOperator(operator, left, right);
    if (result === undefined) return;
    // A filter keeps the sample of the vector, whichever side it stands on.
    row.values[step] = filters ? value : result;
    row.present[step] = 1;
  });
  return row;
}
