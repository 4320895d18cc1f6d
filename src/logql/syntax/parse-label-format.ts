import type { LabelFormat, LabelFormatStage } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseLabelName } from "./parse-selector.ts";

/** Parse what follows `label_format`: `new=old` renames, `new="{{…}}"` writes. */
export function parseLabelFormat(cursor: Cursor, offset: number): LabelFormatStage {
  const formats: LabelFormat[] = [];
  do formats.push(parseOne(cursor));
  while (cursor.skip(","));
  return { kind: "label_format", formats, offset };
}

function parseOne(cursor: Cursor): LabelFormat {
  const name = parseLabelName(cursor);
  cursor.expect("=");
  const token = cursor.token;
  if (token.kind === "string") {
    cursor.next();
    return {
      name: name.text,
      value: { kind: "template", text: token.text, offset: token.offset },
      offset: name.offset,
    };
  }
  const source = parseLabelName(cursor);
  return {
    name: name.text,
    value: { kind: "rename", text: source.text, offset: source.offset },
    offset: name.offset,
  };
}
