import { parseClass } from "./parse-class.ts";
import { parseEscape } from "./parse-escape.ts";
import { type RegexFlags, RegexReader } from "./reader.ts";
import type { ParsedRegex, Regex } from "./syntax.ts";

/**
 * Parse a pattern by RE2's rules, as Go's regexp package does.
 * @throws RegexSyntaxError for what RE2 refuses: look-around, backreferences, counts over 1000.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function parseRegex(pattern: string, dotAll: boolean): ParsedRegex {
  const reader = new RegexReader(pattern, { i: false, m: false, s: dotAll, U: false });
  const root = parseChoice(reader, 0);
  if (!reader.done) throw reader.error("unexpected )", reader.at, pattern);
  if (expandedSize(root) > maxExpanded) throw reader.error("expression too large", 0, pattern);
  return { root, names: reader.names };
}

const maxDepth = 250;
const maxRepeat = 1000;
const maxExpanded = 20_000;

function parseChoice(reader: RegexReader, depth: number): Regex {
  if (depth > maxDepth) throw reader.error("expression nests too deeply", 0, reader.pattern);
  const parts = [parseSequence(reader, depth)];
  while (reader.skip("|")) parts.push(parseSequence(reader, depth));
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: "choice", parts };
}

function parseSequence(reader: RegexReader, depth: number): Regex {
  const parts: Regex[] = [];
  while (!reader.done && reader.char !== "|" && reader.char !== ")") {
    const start = reader.at;
    if (reader.skip("\\Q")) parts.push(...parseQuotation(reader));
    else {
      const atom = parseAtom(reader, depth);
      if (atom) parts.push(parseRepeats(reader, atom, start));
    }
  }
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: "sequence", parts };
}

function parseQuotation(reader: RegexReader): Regex[] {
  const close = reader.pattern.indexOf("\\E", reader.at);
  const end = close < 0 ? reader.pattern.length : close;
  const parts: Regex[] = [];
  while (reader.at < end) parts.push({ kind: "literal", code: reader.readCode(), fold: reader.flags.i });
  reader.skip("\\E");
  // A repetition after \E is that of the last character.
  const last = parts.pop();
  return last ? [...parts, parseRepeats(reader, last, reader.at)] : parts;
}

function parseAtom(reader: RegexReader, depth: number): Regex | undefined {
  const start = reader.at;
  const { char, flags } = reader;
  if (char === "(") return parseGroup(reader, depth);
  if (char === "[") return { kind: "set", set: parseClass(reader) };
  if (char === "\\") return parseEscape(reader);
  if (char === "*" || char === "+" || char === "?") {
    reader.at++;
    throw reader.error("missing argument to repetition operator", start);
  }
  const code = reader.readCode();
  if (char === ".") return { kind: "set", set: { negated: true, items: flags.s ? "" : "\\n", fold: false } };
  if (char === "^") return { kind: "assert", what: flags.m ? "line-start" : "text-start" };
  if (char === "$") return { kind: "assert", what: flags.m ? "line-end" : "text-end" };
  return { kind: "literal", code, fold: flags.i };
}

const groupName = /\(\?P?<([^>]*)>/y;
const groupFlags = /\(\?([imsU]*)(-[imsU]+)?([:)])/y;

function parseGroup(reader: RegexReader, depth: number): Regex | undefined {
  const start = reader.at;
  const outer = reader.flags;
  if (!reader.startsWith("(?")) {
    reader.at++;
    return closeCapture(reader, start, { name: undefined, depth });
  }
  const flagged = reader.match(groupFlags);
  if (flagged) {
    reader.flags = withFlags(outer, flagged[1] ?? "", flagged[2] ?? "");
    if (flagged[3] === ")") return undefined;
    const inner = parseChoice(reader, depth + 1);
    close(reader, start);
    reader.flags = outer;
    return inner.kind === "choice" ? inner : { kind: "sequence", parts: [inner] };
  }
  const name = reader.match(groupName)?.[1];
  if (name === undefined)
    throw reader.error("invalid or unsupported Perl syntax", start, reader.pattern.slice(start, start + 3));
  if (!/^\w+$/.test(name)) throw reader.error("invalid named capture", start);
  if (reader.names.includes(name)) throw reader.error("duplicate capture group name", start, name);
  return closeCapture(reader, start, { name, depth });
}

function closeCapture(
  reader: RegexReader,
  start: number,
  group: { name: string | undefined; depth: number },
): Regex {
  const outer = reader.flags;
  const index = reader.names.push(group.name);
  const inner = parseChoice(reader, group.depth + 1);
  close(reader, start);
  reader.flags = outer;
  return { kind: "capture", index, inner };
}

function close(reader: RegexReader, start: number): void {
  if (!reader.skip(")")) throw reader.error("missing closing )", start, reader.pattern);
}

function withFlags(flags: RegexFlags, on: string, off: string): RegexFlags {
  const has = (letter: keyof RegexFlags): boolean =>
    (flags[letter] || on.includes(letter)) && !off.includes(letter);
  return { i: has("i"), m: has("m"), s: has("s"), U: has("U") };
}

const counted = /\{(\d+)(,(\d*))?\}/y;

function parseRepeats(reader: RegexReader, atom: Regex, start: number): Regex {
  const before = reader.at;
  const bounds = parseBounds(reader);
  if (!bounds) return atom;
  const lazy = reader.skip("?");
  const after = reader.at;
  if (parseBounds(reader)) throw reader.error("invalid nested repetition operator", before);
  reader.at = after;
  if (
    bounds.min > maxRepeat ||
    (bounds.max > maxRepeat && bounds.max !== Infinity) ||
    bounds.min > bounds.max
  ) {
    throw reader.error("invalid repeat count", before);
  }
  const repeat: Regex = { kind: "repeat", inner: atom, ...bounds, greedy: lazy === reader.flags.U };
  if (countedSize(repeat) > maxRepeat) throw reader.error("invalid repeat count", start);
  return repeat;
}

function parseBounds(reader: RegexReader): { min: number; max: number } | undefined {
  if (reader.skip("*")) return { min: 0, max: Infinity };
  if (reader.skip("+")) return { min: 1, max: Infinity };
  if (reader.skip("?")) return { min: 0, max: 1 };
  const found = reader.match(counted);
  if (!found) return undefined;
  const min = Number(found[1]);
  if (found[2] === undefined) return { min, max: min };
  return { min, max: found[3] ? Number(found[3]) : Infinity };
}

// RE2 limits the product of nested counts, and so the size of the program, not only each count.
function countedSize(node: Regex): number {
  if (node.kind === "capture") return countedSize(node.inner);
  if (node.kind === "sequence" || node.kind === "choice") return Math.max(1, ...node.parts.map(countedSize));
  if (node.kind !== "repeat") return 1;
  const count = node.max === Infinity ? node.min : node.max;
  return Math.max(1, count) * countedSize(node.inner);
}

function expandedSize(node: Regex): number {
  if (node.kind === "capture") return expandedSize(node.inner) + 2;
  if (node.kind === "sequence" || node.kind === "choice")
    return node.parts.reduce((sum, part) => sum + expandedSize(part), 1);
  if (node.kind !== "repeat") return 1;
  const copies = node.max === Infinity ? node.min + 1 : node.max;
  return 1 + copies * expandedSize(node.inner);
}
