import { isRange, parseDuration } from "../../logql/parts.ts";
import type { PromqlCursor } from "./cursor.ts";
import type { Token } from "./lexer.ts";

/** Milliseconds between brackets: a duration, or a number of seconds, above zero. */
export function parseRangeSpan(cursor: PromqlCursor, where: string): number {
  const { offset } = cursor.token;
  const ms = parseSpan(cursor, where);
  if (arithmetic.has(cursor.symbol ?? "")) throw refuseArithmetic(cursor);
  if (ms <= 0) throw cursor.error("duration must be greater than 0", offset);
  return ms;
}

/** Milliseconds of the next token, a duration or a number of seconds. */
export function parseSpan(cursor: PromqlCursor, where: string): number {
  const { token } = cursor;
  if (token.kind === "duration" || token.kind === "number") {
    cursor.next();
    return Math.trunc(secondsOf(token, cursor) * 1000);
  }
  if (cursor.symbol === "(" || arithmetic.has(cursor.symbol ?? "")) throw refuseArithmetic(cursor);
  if (cursor.symbolAhead(1) === "(")
    throw cursor.refusal(`${token.text}() in a duration is experimental`, token.offset);
  throw cursor.unexpected(where, "a duration");
}

const arithmetic: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "^"]);

function refuseArithmetic(cursor: PromqlCursor): Error {
  return cursor.refusal(
    "arithmetic on durations is experimental; write the duration itself",
    cursor.token.offset,
  );
}

/** A number literal as its value; a duration counts as its seconds. */
export function secondsOf(token: Token, cursor: PromqlCursor): number {
  if (token.kind === "number") return numberOf(token.text);
  const ns = isRange(token.text) ? parseDuration(token.text) : undefined;
  if (ns === undefined)
    throw cursor.error(`not a valid duration string: ${JSON.stringify(token.text)}`, token.offset);
  return ns / 1e9;
}

function numberOf(text: string): number {
  const digits = text.replaceAll("_", "");
  return Number(/^0[xX]/.test(digits) ? digits : digits.replace(/\.(?=$|[eE])/, ""));
}
