import { parseCharacterEscape, parseSetEscape } from "./parse-escape.ts";
import type { RegexReader } from "./reader.ts";
import type { CharacterSet } from "./syntax.ts";

/** Parse `[…]`. */
export function parseClass(reader: RegexReader): CharacterSet {
  const start = reader.at;
  reader.skip("[");
  const negated = reader.skip("^");
  let items = "";
  let first = true;
  while (first || reader.char !== "]") {
    if (reader.done) throw reader.error("missing closing ]", start, reader.pattern.slice(start));
    items += parseItem(reader);
    first = false;
  }
  reader.skip("]");
  return { negated, items, fold: reader.flags.i };
}

/** Write a character so that a JavaScript class with the `u` flag takes it as itself. */
function classCharacter(code: number): string {
  return `\\u{${code.toString(16)}}`;
}

function parseItem(reader: RegexReader): string {
  const named = parseNamedClass(reader);
  if (named !== undefined) return named;
  const set = reader.char === "\\" ? parseSetEscape(reader) : undefined;
  if (set !== undefined) return set;
  const start = reader.at;
  const low = parseCharacter(reader);
  if (
    reader.char !== "-" ||
    reader.pattern.charAt(reader.at + 1) === "]" ||
    reader.at + 1 >= reader.pattern.length
  ) {
    return classCharacter(low);
  }
  reader.skip("-");
  const high = parseCharacter(reader);
  if (high < low) throw reader.error("invalid character class range", start);
  return `${classCharacter(low)}-${classCharacter(high)}`;
}

function parseCharacter(reader: RegexReader): number {
  return reader.char === "\\" ? parseCharacterEscape(reader) : reader.readCode();
}

function parseNamedClass(reader: RegexReader): string | undefined {
  const start = reader.at;
  const found = reader.match(/\[:(\^?)(\w+):\]/y);
  if (!found) return undefined;
  const ranges = posixClasses[found[2] ?? ""];
  if (!ranges) throw reader.error("invalid character class range", start);
  return found[1] ? complement(ranges) : ranges.map(([low, high]) => range(low, high)).join("");
}

function range(low: number, high: number): string {
  return `${classCharacter(low)}-${classCharacter(high)}`;
}

function complement(ranges: readonly (readonly [number, number])[]): string {
  let from = 0;
  let items = "";
  for (const [low, high] of ranges) {
    if (low > from) items += range(from, low - 1);
    from = high + 1;
  }
  return items + range(from, 0x10ffff);
}

const posixClasses: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  alnum: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  alpha: [
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  ascii: [[0, 0x7f]],
  blank: [
    [9, 9],
    [0x20, 0x20],
  ],
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: [[0x30, 0x39]],
  graph: [[0x21, 0x7e]],
  lower: [[0x61, 0x7a]],
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: [
    [9, 0xd],
    [0x20, 0x20],
  ],
  upper: [[0x41, 0x5a]],
  word: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
  ],
  xdigit: [
    [0x30, 0x39],
    [0x41, 0x46],
    [0x61, 0x66],
  ],
};
