import type { BinaryOperation, MetricExpression, RangeAggregation, VectorAggregation } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { rangeOperations, setOperators, vectorOperations } from "./operations.ts";

/** Check a range aggregation: what it reads, its parameter, its grouping. */
export function checkRange(node: RangeAggregation, cursor: Cursor): void {
  const rules = rangeOperations.get(node.operation);
  if (!rules) throw cursor.error(`unknown aggregation ${node.operation}`, node.offset);
  const unwraps = node.log.stages.some((stage) => stage.kind === "unwrap");
  if (rules.input === "lines" && unwraps)
    throw cursor.error(`invalid aggregation ${node.operation} with unwrap`, node.offset);
  if (rules.input === "values" && !unwraps) {
    throw cursor.error(`invalid aggregation ${node.operation} without unwrap`, node.offset);
  }
  if (rules.parameter && node.parameter === undefined) {
    throw cursor.error(`parameter required for operation ${node.operation}`, node.offset);
  }
  if (!rules.parameter && node.parameter !== undefined) {
    throw cursor.error(
      `parameter ${node.parameter} not supported for operation ${node.operation}`,
      node.offset,
    );
  }
  if (node.grouping && !rules.groups) {
    throw cursor.error(`grouping not allowed for ${node.operation} aggregation`, node.grouping.offset);
  }
}

/** Check a vector aggregation: its parameter and its grouping. */
export function checkVector(node: VectorAggregation, cursor: Cursor): void {
  const rules = vectorOperations.get(node.operation);
  if (!rules?.parameter && node.parameter !== undefined) {
    throw cursor.error(
      `unsupported parameter for operation ${node.operation}(${node.parameter},`,
      node.offset,
    );
  }
  if (rules?.parameter) checkCount(node, cursor);
  if (node.grouping && !rules?.groups) {
    throw cursor.error(`grouping not allowed for ${node.operation} aggregation`, node.grouping.offset);
  }
  if (isScalar(node.inner))
    throw cursor.error(`${node.operation} needs a vector, not a number`, node.inner.offset);
}

/** Whether an expression gives a number and no vector. */
export function isScalar(node: MetricExpression): boolean {
  return node.kind === "number" || (node.kind === "binary" && isScalar(node.left) && isScalar(node.right));
}

/** Check a binary operation: a set operation has no scalar side. */
export function checkBinary(node: BinaryOperation, cursor: Cursor): void {
  const set = setOperators.has(node.operator);
  const scalar = [node.left, node.right].find(isScalar);
  if (set && scalar)
    throw cursor.error(
      `unexpected literal in logical/set binary operation (${node.operator})`,
      scalar.offset,
    );
}

function checkCount(node: VectorAggregation, cursor: Cursor): void {
  if (node.parameter === undefined)
    throw cursor.error(`parameter required for operation ${node.operation}`, node.offset);
  if (!Number.isInteger(node.parameter) || node.parameter <= 0) {
    throw cursor.error(
      `invalid parameter (must be greater than 0) ${node.operation}(${node.parameter}`,
      node.offset,
    );
  }
}
