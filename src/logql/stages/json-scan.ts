/**
 * Finding one's way in JSON text without building values. The scanner is as lenient as Loki's: it checks the
 * structure it walks through and no more, so that what follows the object, or lies in a skipped value, is never judged.
 */

/** What is wrong with a text, in the words Loki puts into `__error_details__`. */
export const jsonProblems = {
  object: "Value looks like object, but can't find closing '}' symbol",
  array: "Value is array, but can't find closing ']' symbol",
  string: "Value is string, but can't find closing '\"' symbol",
  malformed: "Malformed JSON error",
  unknown: "Unknown value type",
} as const;

export class JsonProblem extends Error {}

/** The offset of the next character that is no white space; the text's end when there is none. */
export function skipSpace(text: string, at: number, end: number): number {
  let i = at;
  while (i < end && isSpace(text.charCodeAt(i))) i++;
  return i;
}

/** The offset after the closing quote of the string whose content starts here; -1 when it never closes. */
export function stringEnd(text: string, at: number, end: number): number {
  // Short strings end within a few characters; for a long one the search that V8 brings is faster.
  const near = Math.min(end, at + 24);
  for (let i = at; i < near; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) return i + 1;
    if (code === backslash) return farStringEnd(text, at, end);
  }
  return farStringEnd(text, at, end);
}

/** The offset after the bracket that closes the block opening here; -1 when none does. */
export function blockEnd(text: string, at: number, end: number): number {
  const open = text.charCodeAt(at);
  const shut = open + 2;
  let depth = 0;
  for (let i = at; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) {
      const after = stringEnd(text, i + 1, end);
      if (after < 0) return -1;
      i = after - 1;
    } else if (code === open) depth++;
    else if (code === shut && --depth === 0) return i + 1;
  }
  return -1;
}

/** The offset after a value that is no string, array or object. */
export function bareEnd(text: string, at: number, end: number): number {
  let i = at;
  while (i < end && !endsBare(text.charCodeAt(i))) i++;
  return i;
}

/** Check a bare value by its first character, and words in full. Numbers are kept as they are written. */
export function isBareValue(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first === 0x2d || (first >= 0x30 && first <= 0x39)) return true;
  return text === "true" || text === "false" || text === "null";
}

/** Undo the escapes of a string; a wrong escape makes the whole text empty, as in Loki. */
export function unescapeJson(text: string): string {
  if (!text.includes("\\")) return text;
  if (!/^(?:[^\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*$/.test(text)) return "";
  const plain = text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex: string | undefined, char: string) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (escapes[char] ?? char),
  );
  return /[\ud800-\udfff]/u.test(plain) ? "" : plain;
}

const quote = 0x22;
const backslash = 0x5c;
const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

function farStringEnd(text: string, at: number, end: number): number {
  for (let from = at; ; ) {
    const close = text.indexOf('"', from);
    if (close < 0 || close >= end) return -1;
    if (text.charCodeAt(close - 1) !== backslash || !isEscaped(text, close, at)) return close + 1;
    from = close + 1;
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function endsBare(code: number): boolean {
  return isSpace(code) || code === 0x2c || code === 0x7d || code === 0x5d;
}

function isEscaped(text: string, at: number, start: number): boolean {
  let slashes = 0;
  for (let i = at - 1; i >= start && text.charCodeAt(i) === backslash; i--) slashes++;
  return slashes % 2 === 1;
}
