import { LogqlError, located } from "./errors.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { LabelSet } from "./labels/label-set.ts";
import { evaluateRange } from "./range/evaluate-range.ts";
import type { MetricExpression, VectorAggregation } from "./syntax/ast.ts";
import { aggregate } from "./vector/aggregate.ts";
import { combine } from "./vector/binary.ts";
import { replaceLabel } from "./vector/label-replace.ts";
import { constantRow, type Evaluated, type Matrix } from "./vector/matrix.ts";

/** Evaluate a metric expression at every step of the query. */
export function evaluate(expression: MetricExpression, context: EvaluationContext): Evaluated {
  try {
    return evaluateNode(expression, context);
  } catch (error) {
    throw located(error, context.source, expression.offset);
  }
}

function evaluateNode(expression: MetricExpression, context: EvaluationContext): Evaluated {
  switch (expression.kind) {
    case "number":
      return { kind: "scalar", value: expression.value };
    case "vector-literal":
      return { kind: "matrix", rows: [constantRow(LabelSet.empty, context.steps.count, expression.value)] };
    case "range":
      return evaluateRange(expression, context);
    case "vector":
      return aggregate(expression, evaluateInner(expression, context), context.steps.count);
    case "binary":
      return combine(expression, evaluate(expression.left, context), evaluate(expression.right, context));
    case "label_replace":
      return replaceLabel(expression, evaluateVector(expression.inner, context));
  }
}

function evaluateVector(expression: MetricExpression, context: EvaluationContext): Matrix {
  const result = evaluate(expression, context);
  if (result.kind === "matrix") return result;
  // The parser refuses it: a number has no labels to aggregate.
  throw new LogqlError("execution", "a number stands where a vector is needed");
}

// A sum of counts or sums is the same whether the series are grouped before or after.
const sumsOfParts: ReadonlySet<string> = new Set([
  "count_over_time",
  "rate",
  "bytes_over_time",
  "bytes_rate",
  "sum_over_time",
]);

function evaluateInner(node: VectorAggregation, context: EvaluationContext): Matrix {
  const { inner } = node;
  if (node.operation !== "sum" || inner.kind !== "range" || !sumsOfParts.has(inner.operation)) {
    return evaluateVector(inner, context);
  }
  return evaluateRange(inner, context, node.grouping ?? { without: false, names: [], offset: node.offset });
}
