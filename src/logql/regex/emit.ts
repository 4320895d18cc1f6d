import type { CharacterSet, Regex } from "./syntax.ts";

/** Write the tree as a JavaScript pattern for the `u` flag. Capture groups keep their numbers; names are dropped. */
export function emit(node: Regex): string {
  switch (node.kind) {
    case "literal":
      return emitLiteral(node.code, node.fold);
    case "set":
      return emitSet(node.set);
    case "assert":
      return assertions[node.what];
    case "capture":
      return `(${emit(node.inner)})`;
    case "sequence":
      return node.parts.map(emitPart).join("");
    case "choice":
      return `(?:${node.parts.map(emit).join("|")})`;
    case "repeat":
      return `${emitRepeated(node.inner)}${bounds(node.min, node.max)}${node.greedy ? "" : "?"}`;
  }
}

/** Write a set of characters as a JavaScript class. */
export function emitSet(set: CharacterSet): string {
  const items = set.fold ? set.items + foldedItems(set.items) : set.items;
  return `[${set.negated ? "^" : ""}${items}]`;
}

/** Every character equal to this one when case is ignored, by Unicode's simple folding. */
export function caseVariants(code: number): number[] {
  const char = String.fromCodePoint(code);
  const variants = new Set([
    char,
    char.toLowerCase(),
    char.toUpperCase(),
    ...(oddFolds[char.toLowerCase()] ?? []),
  ]);
  return [...variants]
    .filter((variant) => [...variant].length === 1)
    .map((variant) => variant.codePointAt(0) ?? code);
}

// Go's $ without (?m) is the end of the text, as JavaScript's is; at lines, only \n counts in Go.
const assertions = {
  "text-start": "^",
  "text-end": "$",
  "line-start": "(?:^|(?<=\\n))",
  "line-end": "(?=\\n|$)",
  word: "\\b",
  "not-word": "\\B",
} as const;

const oddFolds: Readonly<Record<string, readonly string[]>> = {
  k: ["\u212a"],
  s: ["\u017f"],
  å: ["\u212b"],
  "\u017f": ["s", "S"],
};

function emitLiteral(code: number, fold: boolean): string {
  const variants = fold ? caseVariants(code) : [code];
  if (variants.length > 1) return `[${variants.map(escaped).join("")}]`;
  return /[\w ]/.test(String.fromCodePoint(code)) ? String.fromCodePoint(code) : escaped(code);
}

function escaped(code: number): string {
  return `\\u{${code.toString(16)}}`;
}

// Ranges of letters get their other case; other items fold as the `i` flag would only in full Unicode tables.
function foldedItems(items: string): string {
  let extra = "";
  for (let code = 0x41; code <= 0x5a; code++) {
    const upper = String.fromCharCode(code);
    const matcher = new RegExp(`[${items}]`, "u");
    if (matcher.test(upper) !== matcher.test(upper.toLowerCase())) extra += upper + upper.toLowerCase();
  }
  return extra;
}

function emitPart(part: Regex): string {
  return part.kind === "sequence" && part.parts.length === 0 ? "" : emit(part);
}

function emitRepeated(inner: Regex): string {
  const single = inner.kind === "literal" || inner.kind === "set" || inner.kind === "capture";
  return single ? emit(inner) : `(?:${emit(inner)})`;
}

function bounds(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === 0 && max === 1) return "?";
  return min === max ? `{${min}}` : `{${min},${max}}`;
}
