import type { BinaryOperation, RangeAggregation, VectorAggregation } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { comparisonOperators, rangeOperations, setOperators, vectorOperations } from "./operations.ts";

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
  if (node.rangeNs <= 0) throw cursor.error("the range must be longer than zero", node.offset);
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
}

/** Check a binary operation: scalars in set operations, bool, and the labels of a matching. */
export function checkBinary(node: BinaryOperation, cursor: Cursor): void {
  const set = setOperators.has(node.operator);
  const scalar = [node.left, node.right].find((side) => side.kind === "number");
  if (set && scalar)
    throw cursor.error(
      `unexpected literal in logical/set binary operation (${node.operator})`,
      scalar.offset,
    );
  if (node.bool && !comparisonOperators.has(node.operator)) {
    throw cursor.error(
      `bool modifier is only allowed with comparisons, not with ${node.operator}`,
      node.offset,
    );
  }
  const { matching } = node;
  if (set && matching && matching.cardinality !== "one-to-one") {
    throw cursor.error(`no grouping allowed for ${node.operator} operation`, node.offset);
  }
  const both = matching?.on ? matching.include.find((name) => matching.names.includes(name)) : undefined;
  if (both) throw cursor.error(`label ${both} must not occur in ON and GROUP clause at once`, node.offset);
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
