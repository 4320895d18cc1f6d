import type { At, Expression, RangeSelector, Shift, Subquery, VectorSelector } from "./ast.ts";
import type { PromqlCursor } from "./cursor.ts";
import { parseRangeSpan, parseSpan, secondsOf } from "./duration.ts";

/** Read what may follow an expression: `[5m]`, `[1h:5m]`, `offset` and `@`. */
export function parseModifiers(cursor: PromqlCursor, expression: Expression): Expression {
  let result = expression;
  for (;;) {
    if (cursor.symbol === "[") result = parseBrackets(cursor, result);
    else if (cursor.symbol === "offset") result = parseOffset(cursor, result);
    else if (cursor.symbol === "@") result = parseAt(cursor, result);
    else if (cursor.symbol === "anchored" || cursor.symbol === "smoothed")
      throw cursor.refusal(`${cursor.token.text} is experimental`, cursor.token.offset);
    else return result;
  }
}

function parseBrackets(cursor: PromqlCursor, inner: Expression): RangeSelector | Subquery {
  const { offset } = cursor.next();
  const rangeMs = parseRangeSpan(cursor, "a range");
  if (cursor.skip(":")) {
    const stepMs = cursor.symbol === "]" ? undefined : parseRangeSpan(cursor, "the step of a subquery");
    cursor.expect("]", "a subquery");
    return { kind: "subquery", inner, rangeMs, stepMs, offsetMs: 0, at: undefined, offset: inner.offset };
  }
  cursor.expect("]", "a range");
  if (inner.kind !== "selector") throw cursor.error("ranges only allowed for vector selectors", offset);
  if (inner.offsetMs !== 0) throw cursor.error("no offset modifiers allowed before range", offset);
  if (inner.at) throw cursor.error("no @ modifiers allowed before range", offset);
  return { kind: "range", selector: inner, rangeMs, offsetMs: 0, at: undefined, offset: inner.offset };
}

function parseOffset(cursor: PromqlCursor, inner: Expression): Expression {
  const { offset } = cursor.next();
  const sign = cursor.skip("-") ? -1 : 1;
  if (sign === 1) cursor.skip("+");
  const offsetMs = sign * parseSpan(cursor, "offset");
  const shifted = shiftable(cursor, inner, { offset, modifier: "offset" });
  if (shifted.offsetMs !== 0) throw cursor.error("offset may not be set multiple times", offset);
  return { ...shifted, offsetMs };
}

function parseAt(cursor: PromqlCursor, inner: Expression): Expression {
  const { offset } = cursor.next();
  const at = parseTime(cursor);
  const shifted = shiftable(cursor, inner, { offset, modifier: "@" });
  if (shifted.at) throw cursor.error("@ <timestamp> may not be set multiple times", offset);
  return { ...shifted, at };
}

function parseTime(cursor: PromqlCursor): At {
  const { symbol } = cursor;
  if ((symbol === "start" || symbol === "end") && cursor.symbolAhead(1) === "(") {
    cursor.next();
    cursor.next();
    cursor.expect(")", "@");
    return { kind: symbol };
  }
  const sign = cursor.skip("-") ? -1 : 1;
  if (sign === 1) cursor.skip("+");
  const { token } = cursor;
  if (token.kind !== "number" && token.kind !== "duration") throw cursor.unexpected("@", "a time in seconds");
  cursor.next();
  return { kind: "time", ms: Math.round(sign * secondsOf(token, cursor) * 1000) };
}

function shiftable(
  cursor: PromqlCursor,
  inner: Expression,
  { offset, modifier }: { readonly offset: number; readonly modifier: string },
): (VectorSelector | RangeSelector | Subquery) & Shift {
  if (inner.kind === "selector" || inner.kind === "range" || inner.kind === "subquery") return inner;
  throw cursor.error(
    `${modifier} modifier must be preceded by an instant vector selector or range vector selector or a subquery`,
    offset,
  );
}
