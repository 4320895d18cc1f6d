import type { ComparisonOperator, LabelFilter } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseLabelName, parseMatcher } from "./parse-selector.ts";

/**
 * Parse a label filter. `and` binds tighter than `or`; a comma or a space binds its left operand to all that follows:
 * `a or b, c or d` is `a or (b and (c or d))`.
 */
export function parseLabelFilter(cursor: Cursor): LabelFilter {
  let left = parseConjunction(cursor);
  while (cursor.skip("or"))
    left = { kind: "joined", operator: "or", left, right: parseConjunction(cursor), offset: left.offset };
  return left;
}

function parseConjunction(cursor: Cursor): LabelFilter {
  let left = parseJoined(cursor);
  while (cursor.skip("and"))
    left = { kind: "joined", operator: "and", left, right: parseJoined(cursor), offset: left.offset };
  return left;
}

function parseJoined(cursor: Cursor): LabelFilter {
  const left = parseOperand(cursor);
  if (!cursor.skip(",") && !startsFilter(cursor)) return left;
  const right = cursor.nested(() => parseLabelFilter(cursor));
  return { kind: "joined", operator: "and", left, right, offset: left.offset };
}

function startsFilter(cursor: Cursor): boolean {
  return cursor.is("(") || (cursor.token.kind === "identifier" && filterOperators.has(cursor.peek(1).text));
}

function parseOperand(cursor: Cursor): LabelFilter {
  cursor.countOperator();
  if (!cursor.is("(")) return parsePredicate(cursor);
  cursor.next();
  const inner = cursor.nested(() => parseLabelFilter(cursor));
  cursor.expect(")");
  return inner;
}

function parsePredicate(cursor: Cursor): LabelFilter {
  const operand = cursor.peek(2);
  if (operand.kind === "string") {
    const matcher = parseMatcher(cursor);
    return { kind: "string", matcher, offset: matcher.offset };
  }
  if (operand.text === "ip") return parseIp(cursor);
  return parseComparison(cursor);
}

function parseIp(cursor: Cursor): LabelFilter {
  const name = parseLabelName(cursor);
  if (!cursor.is("=") && !cursor.is("!=")) throw cursor.unexpected('"=" or "!="');
  const negated = cursor.next().text === "!=";
  cursor.expect("ip");
  cursor.expect("(");
  const text = cursor.expectKind("string").text;
  cursor.expect(")");
  return { kind: "ip", name: name.text, negated, text, offset: name.offset };
}

function parseComparison(cursor: Cursor): LabelFilter {
  const name = parseLabelName(cursor);
  const operator = comparisons.get(cursor.token.text);
  if (!operator) throw cursor.unexpected("a comparison");
  cursor.next();
  const sign = cursor.is("-") || cursor.is("+") ? cursor.next().text : "";
  const negative = sign === "-";
  const token = cursor.token;
  if (token.kind !== "number" && token.kind !== "duration" && token.kind !== "bytes") {
    throw cursor.unexpected("a string, a number, a duration or a size");
  }
  const signed = token.kind === "number" || (token.kind === "duration" && negative);
  if (sign !== "" && !signed) throw cursor.unexpected("a number");
  cursor.next();
  // Loki's label filters take a hexadecimal number for zero.
  const size = Number.isNaN(token.value) ? 0 : token.value;
  const value = negative ? -size : size;
  const text = negative ? `-${token.text}` : token.text;
  return { kind: token.kind, name: name.text, operator, value, text, offset: name.offset };
}

const comparisons: ReadonlyMap<string, ComparisonOperator> = new Map([
  ["=", "=="],
  ["==", "=="],
  ["!=", "!="],
  [">", ">"],
  [">=", ">="],
  ["<", "<"],
  ["<=", "<="],
]);

const filterOperators: ReadonlySet<string> = new Set([...comparisons.keys(), "=~", "!~"]);
