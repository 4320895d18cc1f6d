import type { Grouping } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseNames } from "./parse-selector.ts";

/** Parse `by (…)` or `without (…)` when one comes next. */
export function parseGrouping(cursor: Cursor): Grouping | undefined {
  if (!cursor.is("by") && !cursor.is("without")) return undefined;
  const word = cursor.next();
  return { without: word.text === "without", names: parseNames(cursor), offset: word.offset };
}

/** Parse a number with an optional sign. */
export function parseNumber(cursor: Cursor): number {
  const negative = cursor.is("-");
  if (negative || cursor.is("+")) cursor.next();
  const value = cursor.expectKind("number").value;
  return negative ? -value : value;
}
