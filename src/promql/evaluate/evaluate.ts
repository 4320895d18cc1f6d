import type { Matrix, SeriesRow } from "../../logql/parts.ts";
import { located } from "../errors.ts";
import { evaluateCall } from "../functions/call.ts";
import type { Expression, Negation } from "../syntax/ast.ts";
import { typeOf } from "../syntax/check.ts";
import { aggregate } from "../vector/aggregate.ts";
import { combine } from "../vector/binary.ts";
import { distinctRows, withoutName } from "../vector/names.ts";
import type { EvaluationContext, ScalarValue, Value } from "./context.ts";
import { evaluateSelector } from "./selector.ts";

export type EvaluateVector = (expression: Expression, context: EvaluationContext) => Matrix;

/** Evaluate an expression at every time of the grid. @throws PromqlError */
export function evaluate(expression: Expression, context: EvaluationContext): Value {
  try {
    return evaluateNode(expression, context);
  } catch (error) {
    throw located(error, context.source, expression.offset);
  }
}

/** Evaluate an expression that is known to be an instant vector. */
export function evaluateVector(expression: Expression, context: EvaluationContext): Matrix {
  const value = evaluate(expression, context);
  if (value.kind === "matrix") return value;
  // The types were checked.
  throw new Error(`no instant vector: ${value.kind}`);
}

/** Evaluate an expression that is known to be a scalar. */
export function evaluateScalar(expression: Expression, context: EvaluationContext): Float64Array {
  const value = evaluate(expression, context);
  if (value.kind === "scalar") return value.values;
  throw new Error(`no scalar: ${value.kind}`);
}

function evaluateNode(node: Expression, context: EvaluationContext): Value {
  switch (node.kind) {
    case "number":
      return constant(node.value, context);
    case "string":
      return { kind: "string", text: node.text };
    case "selector":
      return evaluateSelector(node, context);
    case "parenthesis":
      return evaluate(node.inner, context);
    case "negation":
      return negate(node, context);
    case "call":
      return evaluateCall(node, context, { evaluateVector, evaluateScalar });
    case "binary":
      return combine(node, [evaluate(node.left, context), evaluate(node.right, context)]);
    case "aggregation":
      return aggregate(node, evaluateVector(node.inner, context), {
        steps: context.grid.count,
        parameter: parameterOf(node.parameter, context),
      });
    default:
      // The API refuses a range vector at the top, and functions read theirs themselves.
      throw new Error(`a ${typeOf(node)} can't be evaluated by itself`);
  }
}

function parameterOf(
  node: Expression | undefined,
  context: EvaluationContext,
): Float64Array | string | undefined {
  if (!node) return undefined;
  const value = evaluate(node, context);
  return value.kind === "string" ? value.text : value.kind === "scalar" ? value.values : undefined;
}

function constant(value: number, { grid }: EvaluationContext): ScalarValue {
  return { kind: "scalar", values: new Float64Array(grid.count).fill(value) };
}

function negate(node: Negation, context: EvaluationContext): Value {
  const value = evaluate(node.inner, context);
  if (value.kind === "scalar") return { kind: "scalar", values: value.values.map((number) => -number) };
  if (value.kind !== "matrix") throw new Error("a string can't be negated");
  const rows = value.rows.map(
    (row): SeriesRow => ({
      ...row,
      labels: withoutName(row.labels),
      values: row.values.map((number) => -number),
    }),
  );
  return { kind: "matrix", rows: distinctRows(rows) };
}
