import { compileRe2, type Re2 } from "../regex/re2.ts";
import { RegexSyntaxError } from "../regex/syntax.ts";
import type { Cursor } from "./cursor.ts";

/** Compile a pattern, turning what RE2 refuses into an error at the pattern's place. */
export function checkRegex(
  pattern: string,
  place: { readonly offset: number; readonly cursor: Cursor },
): Re2 {
  try {
    return compileRe2(pattern);
  } catch (error) {
    if (error instanceof RegexSyntaxError) throw place.cursor.error(error.message, place.offset);
    throw error;
  }
}
