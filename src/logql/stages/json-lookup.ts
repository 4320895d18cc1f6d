import { valueEnd } from "./json-object.ts";
import type { PathStep } from "./json-path.ts";
import { JsonProblem, skipSpace, stringEnd, unescapeJson } from "./json-scan.ts";

/** A value in a document: where it starts, and where it ends. */
export interface JsonRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Find the value that a path leads to, reading no further; undefined when there is none.
 * @throws JsonProblem when a value on the way is broken.
 */
export function lookUp(text: string, path: readonly PathStep[]): JsonRange | undefined {
  return find(text, { start: skipSpace(text, 0, text.length), end: text.length }, path);
}

/** The text of a label for a value: strings without their quotes, objects and arrays as they stand. */
export function labelText(text: string, range: JsonRange): string {
  const raw = text.slice(range.start, range.end);
  if (raw.startsWith('"')) return unescapeJson(raw.slice(1, -1));
  return raw === "null" ? "" : raw;
}

function find(text: string, range: JsonRange, path: readonly PathStep[]): JsonRange | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return range;
  return typeof step === "number"
    ? element(text, range, { index: step, rest })
    : member(text, range, { name: step, rest });
}

interface MemberStep {
  readonly name: string;
  readonly rest: readonly PathStep[];
}

// A break in the structure is "not found", except inside the value itself: Loki looks no closer.
// A key may occur twice: the first one under which the rest of the path exists is taken.
function member(text: string, range: JsonRange, { name, rest }: MemberStep): JsonRange | undefined {
  if (text.charCodeAt(range.start) !== 0x7b) return undefined;
  let at = skipSpace(text, range.start + 1, range.end);
  while (text.charCodeAt(at) === 0x22) {
    const keyEnd = stringEnd(text, at + 1, range.end);
    const colon = keyEnd < 0 ? range.end : skipSpace(text, keyEnd, range.end);
    const start = skipSpace(text, colon + 1, range.end);
    if (text.charCodeAt(colon) !== 0x3a || start >= range.end) return undefined;
    const same = unescapeJson(text.slice(at + 1, keyEnd - 1)) === name;
    const end = same ? valueEnd(text, start, range.end) : endOrUndefined(text, start, range.end);
    if (end === undefined) return undefined;
    const found = same ? find(text, { start, end }, rest) : undefined;
    if (found) return found;
    at = afterComma(text, end, range.end);
  }
  return undefined;
}

interface ElementStep {
  readonly index: number;
  readonly rest: readonly PathStep[];
}

function element(text: string, range: JsonRange, { index, rest }: ElementStep): JsonRange | undefined {
  if (text.charCodeAt(range.start) !== 0x5b) return undefined;
  let start = skipSpace(text, range.start + 1, range.end);
  for (let i = 0; start < range.end && text.charCodeAt(start) !== 0x5d; i++) {
    const end = endOrUndefined(text, start, range.end);
    if (end === undefined) return undefined;
    if (i === index) return find(text, { start, end }, rest);
    start = afterComma(text, end, range.end);
  }
  return undefined;
}

function endOrUndefined(text: string, start: number, end: number): number | undefined {
  try {
    return valueEnd(text, start, end);
  } catch (error) {
    if (error instanceof JsonProblem) return undefined;
    throw error;
  }
}

function afterComma(text: string, at: number, end: number): number {
  const comma = skipSpace(text, at, end);
  return text.charCodeAt(comma) === 0x2c ? skipSpace(text, comma + 1, end) : end;
}
