import { matchesSchema } from "./schema.ts";

/** What no written line may hold raw: controls, separators, marks of direction, half characters. */
const raw =
  // oxlint-disable-next-line no-control-regex -- that is the point
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u;

/** Answer every rule that a written line breaks. */
export function brokenRules(text: string): string[] {
  const broken: string[] = [];
  if (!text.endsWith("\n") || text.indexOf("\n") !== text.length - 1) broken.push("is not one line");
  if (Buffer.byteLength(text) > 15_360) broken.push(`is ${Buffer.byteLength(text)} bytes long`);
  if (raw.test(text)) broken.push("holds a character that should be escaped");
  try {
    const line: unknown = JSON.parse(text);
    broken.push(...matchesSchema(line));
    const keys = topLevelKeys(text);
    if (new Set(keys).size !== keys.length) broken.push("holds a key twice");
  } catch {
    broken.push("is no JSON");
  }
  return broken;
}

/** The keys of the outermost object as they stand in the text, doubles included. */
export function topLevelKeys(text: string): string[] {
  const keys: string[] = [];
  let depth = 0;
  for (const [, token = ""] of text.matchAll(/("(?:[^"\\]|\\.)*"\s*:?|[{}[\]])/g)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (depth === 1 && token.endsWith(":")) keys.push(String(JSON.parse(token.slice(0, -1).trimEnd())));
  }
  return keys;
}
