/** What a terminal would obey or hide: C0 and C1 controls, DEL, separators, marks of direction, invisible characters. */
const controls: RegExp =
  // oxlint-disable-next-line no-control-regex -- that is the point
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/**
 * Answer a parsed line in which no text can move the cursor, colour, retitle or reverse a terminal, or pass for
 * a line of its own: such characters are spelled out, `\u001b`.
 */
export function printable(value: unknown): unknown {
  if (typeof value === "string") return value.replace(controls, spell);
  if (Array.isArray(value)) return value.map(printable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [printable(key), printable(inner)]));
}

function spell(character: string): string {
  if (character === "\n") return "\\n";
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
