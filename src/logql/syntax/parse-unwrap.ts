import type { UnwrapConversion, UnwrapStage } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseLabelName } from "./parse-selector.ts";

/** Parse what follows `unwrap`: a label, or a conversion around one. */
export function parseUnwrap(cursor: Cursor, offset: number): UnwrapStage {
  const conversion = conversions.get(cursor.token.text);
  if (!cursor.is("(", 1))
    return { kind: "unwrap", name: parseLabelName(cursor).text, conversion: "none", offset };
  if (!conversion) throw cursor.unexpected('"duration", "duration_seconds" or "bytes"');
  cursor.next();
  cursor.expect("(");
  const name = parseLabelName(cursor).text;
  cursor.expect(")");
  return { kind: "unwrap", name, conversion, offset };
}

const conversions: ReadonlyMap<string, UnwrapConversion> = new Map([
  ["duration", "duration"],
  ["duration_seconds", "duration_seconds"],
  ["bytes", "bytes"],
]);
