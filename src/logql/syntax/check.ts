import type { Expression, LogExpression, MetricExpression } from "./ast.ts";
import { checkBinary, checkRange, checkVector, isScalar } from "./check-metric.ts";
import { checkRegex } from "./check-regex.ts";
import { checkSelector, checkStages } from "./check-stages.ts";
import type { Cursor } from "./cursor.ts";

/** Check the rules that the grammar alone does not hold. The cursor only words the errors. */
export function checkExpression(expression: Expression, cursor: Cursor): void {
  if (expression.kind === "log") checkLog(expression, cursor);
  else checkMetric(expression, cursor);
}

function checkLog(log: LogExpression, cursor: Cursor): void {
  checkSelector(log, cursor);
  checkStages(log.stages, cursor);
  const unwrap = log.stages.find((stage) => stage.kind === "unwrap");
  if (unwrap) throw cursor.error("unwrap needs a range aggregation around it", unwrap.offset);
}

function checkMetric(expression: MetricExpression, cursor: Cursor): void {
  switch (expression.kind) {
    case "range":
      checkSelector(expression.log, cursor);
      checkStages(expression.log.stages, cursor);
      checkRange(expression, cursor);
      return;
    case "vector":
      checkVector(expression, cursor);
      checkMetric(expression.inner, cursor);
      return;
    case "binary":
      checkBinary(expression, cursor);
      checkMetric(expression.left, cursor);
      checkMetric(expression.right, cursor);
      return;
    case "label_replace":
      if (isScalar(expression.inner))
        throw cursor.error("label_replace needs a vector, not a number", expression.offset);
      checkRegex(expression.regex, { offset: expression.regexOffset, cursor });
      checkMetric(expression.inner, cursor);
      return;
    default:
      return;
  }
}
