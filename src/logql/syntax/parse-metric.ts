import type { BinaryOperation, Expression, MetricExpression, VectorMatching } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { precedence, rangeOperations, refusedOperations, vectorOperations } from "./operations.ts";
import { parseLabelReplace, parseVectorAggregation, parseVectorLiteral } from "./parse-functions.ts";
import { parseSignedNumber } from "./parse-operands.ts";
import { parsePipeline } from "./parse-pipeline.ts";
import { parseRangeAggregation } from "./parse-range.ts";
import { parseNames, parseSelector } from "./parse-selector.ts";

/** Parse a query of either sort. */
export function parseExpression(cursor: Cursor): Expression {
  return parseBinary(cursor, 1);
}

/** Parse a query that must give numbers. */
export function parseMetricExpression(cursor: Cursor): MetricExpression {
  return metric(parseExpression(cursor), cursor);
}

// Precedence climbing: an operand, then every operator that binds at least as tightly as asked.
function parseBinary(cursor: Cursor, minimum: number): Expression {
  let left = cursor.nested(() => parseOperand(cursor));
  for (;;) {
    const operator = cursor.token;
    const level = operator.kind === "string" ? undefined : precedence.get(operator.text);
    if (level === undefined || level < minimum) return left;
    cursor.countOperator();
    cursor.next();
    const bool = cursor.skip("bool");
    const matching = parseMatching(cursor);
    const right = cursor.nested(() => parseBinary(cursor, operator.text === "^" ? level : level + 1));
    const operation: BinaryOperation = {
      kind: "binary",
      operator: operator.text,
      bool,
      matching,
      left: metric(left, cursor),
      right: metric(right, cursor),
      offset: operator.offset,
    };
    left = operation;
  }
}

function parseOperand(cursor: Cursor): Expression {
  const { token } = cursor;
  if (cursor.is("{")) return parseLog(cursor);
  if (cursor.is("(")) return parseParenthesised(cursor);
  if (token.kind === "number" || cursor.is("-") || cursor.is("+")) {
    return { kind: "number", value: parseSignedNumber(cursor), offset: token.offset };
  }
  if (token.kind !== "identifier") throw cursor.unexpected();
  const refused = refusedOperations.get(token.text);
  if (refused) throw cursor.refusal(refused, token.offset);
  if (rangeOperations.has(token.text)) return cursor.nested(() => parseRangeAggregation(cursor));
  if (vectorOperations.has(token.text)) return cursor.nested(() => parseVectorAggregation(cursor));
  if (token.text === "label_replace") return cursor.nested(() => parseLabelReplace(cursor));
  if (token.text === "vector") return parseVectorLiteral(cursor);
  throw cursor.unexpected();
}

function parseLog(cursor: Cursor): Expression {
  const { offset } = cursor.token;
  return { kind: "log", selector: parseSelector(cursor), stages: parsePipeline(cursor), offset };
}

function parseParenthesised(cursor: Cursor): Expression {
  cursor.expect("(");
  const inner = parseExpression(cursor);
  cursor.expect(")");
  return inner;
}

function metric(expression: Expression, cursor: Cursor): MetricExpression {
  if (expression.kind !== "log") return expression;
  throw cursor.error("a log query stands where numbers are needed", expression.offset);
}

function parseMatching(cursor: Cursor): VectorMatching | undefined {
  if (!cursor.is("on") && !cursor.is("ignoring")) return undefined;
  const on = cursor.next().text === "on";
  const names = parseNames(cursor);
  if (!cursor.is("group_left") && !cursor.is("group_right")) {
    return { on, names, cardinality: "one-to-one", include: [] };
  }
  const cardinality = cursor.next().text === "group_left" ? "many-to-one" : "one-to-many";
  return { on, names, cardinality, include: cursor.is("(") ? parseNames(cursor) : [] };
}
