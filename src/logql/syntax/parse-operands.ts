import type { Grouping } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseNames } from "./parse-selector.ts";

/** Parse `by (…)` or `without (…)` when one comes next. */
export function parseGrouping(cursor: Cursor): Grouping | undefined {
  if (!cursor.is("by") && !cursor.is("without")) return undefined;
  const word = cursor.next();
  return { without: word.text === "without", names: parseNames(cursor), offset: word.offset };
}

/** Parse a number without a sign, as parameters are. */
export function parseNumber(cursor: Cursor): number {
  const token = cursor.expectKind("number");
  if (Number.isNaN(token.value))
    throw cursor.error(`unable to parse literal as a float: ${token.text}`, token.offset);
  return token.value;
}

/** Parse a number with an optional sign. */
export function parseSignedNumber(cursor: Cursor): number {
  const negative = cursor.is("-");
  if (negative || cursor.is("+")) cursor.next();
  const value = parseNumber(cursor);
  return negative ? -value : value;
}
