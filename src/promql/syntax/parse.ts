import { precedence as shared } from "../../logql/parts.ts";
import type { Expression } from "./ast.ts";
import { checkTypes } from "./check.ts";
import { PromqlCursor } from "./cursor.ts";
import { secondsOf } from "./duration.ts";
import { aggregations } from "./functions.ts";
import { parseAggregation } from "./parse-aggregation.ts";
import { parseCall } from "./parse-call.ts";
import { parseBinaryModifiers } from "./parse-matching.ts";
import { parseModifiers } from "./parse-modifiers.ts";
import { parseSelector } from "./parse-selector.ts";

/**
 * Parse a query and check its types.
 * @throws PromqlError of kind `parse` or `unsupported`, with the position.
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/
 */
export function parsePromql(source: string): Expression {
  const cursor = new PromqlCursor(source);
  if (cursor.atEnd()) throw cursor.error("no expression found in input");
  const expression = parseBinary(cursor, 0);
  if (!cursor.atEnd()) throw cursor.unexpected("the query", "an operator or the end");
  checkTypes(expression, source);
  return expression;
}

/** How tightly each binary operator binds; `^` alone groups from the right. */
const precedence: ReadonlyMap<string, number> = new Map([...shared, ["atan2", 5]]);
const power = 6;

function parseBinary(cursor: PromqlCursor, least: number): Expression {
  let left = parseUnary(cursor);
  for (;;) {
    const operator = cursor.symbol ?? "";
    const binds = precedence.get(operator);
    if (binds === undefined || binds < least) return left;
    const { offset } = cursor.next();
    cursor.count();
    const { bool, matching } = parseBinaryModifiers(cursor, operator);
    const right = parseBinary(cursor, binds === power ? binds : binds + 1);
    left = { kind: "binary", operator, left, right, bool, matching, offset };
  }
}

// A sign binds less than `^`: -2 ^ 2 is -4.
function parseUnary(cursor: PromqlCursor): Expression {
  const { offset } = cursor.token;
  cursor.count();
  if (cursor.skip("-")) return { kind: "negation", inner: parseBinary(cursor, power), offset };
  if (cursor.skip("+")) return { kind: "parenthesis", inner: parseBinary(cursor, power), offset };
  return parseModifiers(cursor, parsePrimary(cursor));
}

function parsePrimary(cursor: PromqlCursor): Expression {
  const { token, symbol = "" } = cursor;
  const { kind, text, offset } = token;
  if (kind === "number" || kind === "duration") {
    cursor.next();
    return { kind: "number", value: secondsOf(token, cursor), offset };
  }
  if (kind === "string") {
    cursor.next();
    return { kind: "string", text, offset };
  }
  if (cursor.skip("(")) {
    const inner = parseBinary(cursor, 0);
    cursor.expect(")", "a parenthesis");
    return { kind: "parenthesis", inner, offset };
  }
  if (kind === "word") return parseWord(cursor, symbol);
  if (symbol === "{") return parseSelector(cursor);
  throw cursor.unexpected("an expression", "a value");
}

function parseWord(cursor: PromqlCursor, symbol: string): Expression {
  const { text, offset } = cursor.token;
  if (symbol === "inf" || symbol === "nan") {
    cursor.next();
    return { kind: "number", value: symbol === "inf" ? Infinity : Number.NaN, offset };
  }
  const follows = cursor.symbolAhead(1) ?? "";
  const inner = (): Expression => parseBinary(cursor, 0);
  if (aggregations.has(symbol) && ["(", "by", "without"].includes(follows))
    return parseAggregation(cursor, inner);
  if (follows === "(") return parseCall(cursor, inner);
  if (unnamed.has(symbol)) throw cursor.unexpected("an expression", "a value");
  if (text.startsWith(":") && text.length === 1) throw cursor.unexpected("an expression", "a value");
  return parseSelector(cursor);
}

// Words that can't name a metric; the others of the language can.
const unnamed: ReadonlySet<string> = new Set([
  "bool",
  "on",
  "ignoring",
  "group_left",
  "group_right",
  "atan2",
]);
