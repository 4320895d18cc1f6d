import type { Entry } from "../labels/entry.ts";
import { valueEnd } from "./json-object.ts";
import { JsonProblem, unescapeJson } from "./json-scan.ts";

/**
 * Find a few required members in the kind of line that most services write: a flat object with at most the spaces that Python writes, whose keys
 * are label names. V8's regular expressions skip the members before one faster than JavaScript can. Anything else in
 * the line, and the full walk must judge it.
 */
export class JsonFastPath {
  readonly #members: readonly { readonly name: string; readonly prefix: RegExp }[];

  constructor(names: Iterable<string>) {
    this.#members = [...names].map((name) => ({
      name,
      prefix: memberPrefix(name),
    }));
  }

  /** Set the labels; false, with the entry as it was, when the line is not of that kind or lacks one of them. */
  extract(entry: Entry): boolean {
    const values: string[] = [];
    for (const { name, prefix } of this.#members) {
      if (entry.isBase(name) || entry.isChanged(name)) return false;
      const value = valueAfter(entry, prefix);
      if (value === undefined) return false;
      values.push(value);
    }
    this.#members.forEach(({ name }, i) => {
      entry.set(name, values[i] ?? "");
    });
    return true;
  }
}

/** What stands before the value of a flat object's first member of this name, from the object's beginning on. */
export function memberPrefix(name: string): RegExp {
  return new RegExp(`\\{ ?(?:${member}, ?)*?"${name}": ?`, "sy");
}

/** Beyond so many names, one walk over the line costs less than a search for each. */
export const maxFastNames = 4;

// Each repetition stops at a character that its body cannot match, so that a failure is found in linear time.
const string = '"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"';
const member = `"[A-Za-z_][A-Za-z0-9_]*": ?(?:${string}|-?[0-9][0-9.eE+-]*|true|false|null)`;

// Lines lie next to each other in a block: what was found past the end of this one was not found.
function valueAfter({ text, start, end }: Entry, prefix: RegExp): string | undefined {
  prefix.lastIndex = start;
  if (!prefix.test(text)) return undefined;
  const at = prefix.lastIndex;
  if (at >= end) return undefined;
  const code = text.charCodeAt(at);
  if (code !== 0x22 && (code < 0x30 || code > 0x39)) return undefined;
  const after = endOf(text, at, end);
  if (after === undefined) return undefined;
  return code === 0x22 ? unescapeJson(text.slice(at + 1, after - 1)) : text.slice(at, after);
}

function endOf(text: string, at: number, end: number): number | undefined {
  try {
    return valueEnd(text, at, end);
  } catch (error) {
    if (error instanceof JsonProblem) return undefined;
    throw error;
  }
}
