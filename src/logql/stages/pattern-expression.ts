/** A part of a pattern: text that must stand in the line, or a capture; `<_>` has no name. */
export type PatternPart =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "capture"; readonly name: string | undefined };

/** Cut a pattern of `| pattern` or `|>` into its parts; what is between brackets but no name is text. */
export function parsePattern(pattern: string): PatternPart[] {
  const parts: PatternPart[] = [];
  let last = 0;
  for (const found of pattern.matchAll(/<([A-Za-z_][A-Za-z0-9_]*)>/g)) {
    if (found.index > last) parts.push({ kind: "literal", text: pattern.slice(last, found.index) });
    parts.push({ kind: "capture", name: found[1] === "_" ? undefined : found[1] });
    last = found.index + found[0].length;
  }
  if (last < pattern.length) parts.push({ kind: "literal", text: pattern.slice(last) });
  return parts;
}

/** What is wrong with a pattern of the parser stage. */
export function patternProblem(parts: readonly PatternPart[]): string | undefined {
  if (parts.length === 0) return "the pattern is empty";
  const names = namesOf(parts);
  if (names.length === 0) return "at least one capture is required";
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated) return `duplicate capture name (${repeated}): invalid expression`;
  return consecutiveProblem(parts);
}

/** What is wrong with a pattern of a line filter, where captures have no names. */
export function patternFilterProblem(parts: readonly PatternPart[]): string | undefined {
  const [name] = namesOf(parts);
  return name ? `named captures are not allowed: found '<${name}>'` : consecutiveProblem(parts);
}

function namesOf(parts: readonly PatternPart[]): string[] {
  return parts.flatMap((part) => (part.kind === "capture" && part.name !== undefined ? [part.name] : []));
}

function consecutiveProblem(parts: readonly PatternPart[]): string | undefined {
  const at = parts.findIndex((part, i) => part.kind === "capture" && parts[i + 1]?.kind === "capture");
  if (at < 0) return undefined;
  const texts = parts
    .slice(at, at + 2)
    .map((part) => (part.kind === "capture" ? `<${part.name ?? "_"}>` : part.text));
  return `found consecutive capture '${texts.join("")}': invalid expression`;
}
