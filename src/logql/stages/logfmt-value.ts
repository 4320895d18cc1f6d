import { unescapeJson } from "./json-scan.ts";

/** Undo the escapes of a quoted logfmt value, which are those of JSON; undefined when one is wrong. */
export function jsonUnescape(text: string): string | undefined {
  if (!text.includes("\\")) return text;
  const plain = unescapeJson(text);
  return plain === "" ? undefined : plain;
}
