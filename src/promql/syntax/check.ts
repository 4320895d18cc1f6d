import { comparisonOperators, positionAt, setOperators } from "../../logql/parts.ts";
import { PromqlError } from "../errors.ts";
import type { Aggregation, BinaryOperation, Call, Expression } from "./ast.ts";
import { argumentType, functionSignatures, type ValueType } from "./functions.ts";

/** The type that an expression evaluates to. */
export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case "number":
      return "scalar";
    case "string":
      return "string";
    case "selector":
    case "aggregation":
      return "instant vector";
    case "range":
    case "subquery":
      return "range vector";
    case "call":
      return functionSignatures.get(expression.name)?.returns ?? "instant vector";
    case "negation":
    case "parenthesis":
      return typeOf(expression.inner);
    case "binary":
      return typeOf(expression.left) === "scalar" && typeOf(expression.right) === "scalar"
        ? "scalar"
        : "instant vector";
  }
}

/** Check that every part has the type that its place needs. @throws PromqlError */
export function checkTypes(expression: Expression, source: string): void {
  const fail = (message: string, { offset }: { readonly offset: number }): never => {
    throw new PromqlError("parse", message, positionAt(source, offset));
  };
  const visit = (node: Expression): void => {
    for (const child of childrenOf(node)) visit(child);
    checkNode(node, fail);
  };
  visit(expression);
}

/** The parts of an expression. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "call":
      return node.args;
    case "aggregation":
      return node.parameter ? [node.parameter, node.inner] : [node.inner];
    case "binary":
      return [node.left, node.right];
    case "range":
      return [node.selector];
    case "subquery":
    case "negation":
    case "parenthesis":
      return [node.inner];
    default:
      return [];
  }
}

type Fail = (message: string, node: { readonly offset: number }) => never;

function checkNode(node: Expression, fail: Fail): void {
  if (node.kind === "call") checkCall(node, fail);
  if (node.kind === "aggregation") checkAggregation(node, fail);
  if (node.kind === "binary") checkBinary(node, fail);
  if (node.kind === "negation" && !["scalar", "instant vector"].includes(typeOf(node.inner))) {
    fail(
      `unary expression only allowed on expressions of type scalar or instant vector, got "${typeOf(node.inner)}"`,
      node,
    );
  }
  if (node.kind === "subquery" && typeOf(node.inner) !== "instant vector") {
    fail(`subquery is only allowed on instant vector, got ${typeOf(node.inner)}`, node);
  }
}

function checkCall(node: Call, fail: Fail): void {
  const signature = functionSignatures.get(node.name);
  node.args.forEach((argument, i) => {
    const wanted = signature && argumentType(signature, i);
    if (wanted !== typeOf(argument))
      fail(`expected type ${wanted} in call to function "${node.name}", got ${typeOf(argument)}`, argument);
  });
}

function checkAggregation({ operation, inner, parameter }: Aggregation, fail: Fail): void {
  if (typeOf(inner) !== "instant vector")
    fail(`expected type instant vector in aggregation expression, got ${typeOf(inner)}`, inner);
  const wanted = operation === "count_values" ? "string" : "scalar";
  if (parameter && typeOf(parameter) !== wanted)
    fail(`expected type ${wanted} in aggregation parameter, got ${typeOf(parameter)}`, parameter);
}

function checkBinary(node: BinaryOperation, fail: Fail): void {
  const types = [typeOf(node.left), typeOf(node.right)];
  for (const type of types) {
    if (type !== "scalar" && type !== "instant vector")
      fail("binary expression must contain only scalar and instant vector types", node);
  }
  const scalars = types.filter((type) => type === "scalar").length;
  if (scalars === 2 && comparisonOperators.has(node.operator) && !node.bool)
    fail("comparisons between scalars must use BOOL modifier", node);
  if (scalars > 0 && setOperators.has(node.operator))
    fail(`set operator "${node.operator}" not allowed in binary scalar expression`, node);
  if (scalars > 0 && node.matching) fail("vector matching only allowed between instant vectors", node);
}
