import type { Stage } from "../syntax/ast.ts";

const rewrites: ReadonlySet<string> = new Set(["line_format", "decolorize", "unpack"]);

/**
 * The longest text that stages ask of every line, in bytes; undefined where they ask for none. Only filters that stand
 * before any stage that rewrites the line speak of the line as it is stored.
 */
export function needleOf(stages: readonly Stage[]): Buffer | undefined {
  let longest = "";
  for (const stage of stages) {
    if (rewrites.has(stage.kind)) break;
    const [only] =
      stage.kind === "line-filter" && stage.operator === "|=" && stage.values.length === 1
        ? stage.values
        : [];
    if (only && !only.ip && only.text.length > longest.length) longest = only.text;
  }
  return longest === "" ? undefined : Buffer.from(longest);
}
