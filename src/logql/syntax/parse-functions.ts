import type { LabelReplace, VectorAggregation, VectorLiteral } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseMetricExpression } from "./parse-metric.ts";
import { parseGrouping, parseNumber } from "./parse-operands.ts";

/** Parse `operation [grouping] ([parameter,] expression) [grouping]`. */
export function parseVectorAggregation(cursor: Cursor): VectorAggregation {
  const word = cursor.next();
  const before = parseGrouping(cursor);
  cursor.expect("(");
  const parameter = startsParameter(cursor) ? parseParameter(cursor) : undefined;
  const inner = parseMetricExpression(cursor);
  cursor.expect(")");
  const grouping = before ?? parseGrouping(cursor);
  return { kind: "vector", operation: word.text, parameter, grouping, inner, offset: word.offset };
}

/** Parse `label_replace(expression, "dst", "replacement", "src", "regex")`. */
export function parseLabelReplace(cursor: Cursor): LabelReplace {
  const { offset } = cursor.next();
  cursor.expect("(");
  const inner = parseMetricExpression(cursor);
  const [destination, replacement, source] = [
    parseArgument(cursor),
    parseArgument(cursor),
    parseArgument(cursor),
  ];
  const regex = parseArgument(cursor);
  cursor.expect(")");
  return {
    kind: "label_replace",
    inner,
    destination: destination.text,
    replacement: replacement.text,
    source: source.text,
    regex: regex.text,
    regexOffset: regex.offset,
    offset,
  };
}

/** Parse `vector(number)`. */
export function parseVectorLiteral(cursor: Cursor): VectorLiteral {
  const { offset } = cursor.next();
  cursor.expect("(");
  const value = parseNumber(cursor);
  cursor.expect(")");
  return { kind: "vector-literal", value, offset };
}

function startsParameter(cursor: Cursor): boolean {
  return cursor.token.kind === "number" && cursor.is(",", 1);
}

function parseParameter(cursor: Cursor): number {
  const value = parseNumber(cursor);
  cursor.expect(",");
  return value;
}

function parseArgument(cursor: Cursor): { readonly text: string; readonly offset: number } {
  cursor.expect(",");
  return cursor.expectKind("string");
}
