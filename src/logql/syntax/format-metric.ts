import type { BinaryOperation, Grouping, MetricExpression, VectorMatching } from "./ast.ts";
import { precedence } from "./operations.ts";

/** Write `by (…)` or `without (…)`. */
export function formatGrouping({ without, names }: Grouping): string {
  return `${without ? "without" : "by"} (${names.join(", ")})`;
}

/** Write a binary operation, with parentheses only where its operands would group otherwise. */
export function formatBinary(node: BinaryOperation, write: (inner: MetricExpression) => string): string {
  const level = precedence.get(node.operator) ?? 0;
  const rightward = node.operator === "^";
  const left = operand(node.left, { level, strict: rightward, write });
  const right = operand(node.right, { level, strict: !rightward, write });
  const bool = node.bool ? " bool" : "";
  return `${left} ${node.operator}${bool}${node.matching ? formatMatching(node.matching) : ""} ${right}`;
}

interface OperandRules {
  readonly level: number;
  /** An operand of the same level needs parentheses too. */
  readonly strict: boolean;
  readonly write: (inner: MetricExpression) => string;
}

function operand(inner: MetricExpression, { level, strict, write }: OperandRules): string {
  const own = inner.kind === "binary" ? (precedence.get(inner.operator) ?? 0) : Infinity;
  return own < level || (strict && own === level) ? `(${write(inner)})` : write(inner);
}

function formatMatching({ on, names, cardinality, include }: VectorMatching): string {
  const word = on ? "on" : "ignoring";
  if (cardinality === "one-to-one") return ` ${word} (${names.join(", ")})`;
  const side = cardinality === "many-to-one" ? "group_left" : "group_right";
  return ` ${word} (${names.join(", ")}) ${side} (${include.join(", ")})`;
}
