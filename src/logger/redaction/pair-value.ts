import { characterSet } from "./character-set.ts";

const lineFeed = 10;
const backslash = 92;
const isSpacing = characterSet(" \t\\");
const isQuote = characterSet("\"'`");
const isOpening = characterSet("[{");
const isClosing = characterSet("]}");
const isWordEnd = characterSet(" \t\r\n,;&\"'`<>()[]{}|\\");
const isLineEnd = characterSet("\r\n\"'\\");

/** Where the value behind a separator begins: after spaces and, if it is quoted, its quote. `=>` separates as well as `=`. */
export function valueStart(text: string, separator: number): number {
  const from = separator + (text.startsWith("=>", separator) ? 2 : 1);
  const at = find(text, from, (code) => !isSpacing(code));
  return isQuote(text.charCodeAt(at)) ? at + 1 : at;
}

/** A quoted value ends at its quote, a list or object at its bracket, a header at the end of its line, any other with its word. */
export function valueEnd(text: string, start: number, key: string): number {
  if (isQuote(text.charCodeAt(start - 1))) return quotedEnd(text, start);
  if (isOpening(text.charCodeAt(start))) return bracketedEnd(text, start);
  return find(text, start, /authorization|cookie/i.test(key) ? isLineEnd : isWordEnd);
}

/** In JSON within JSON, the backslashes of the closing quote aren't the text's. */
function quotedEnd(text: string, start: number): number {
  const quote = closingQuote(text, start - 1);
  const escapes = Math.min(backslashesBefore(text, quote), backslashesBefore(text, start - 1));
  return Math.max(start, quote - escapes);
}

/**
 * Where the text quoted at `open` ends, at the latest with the line. A quote within it has more backslashes than the
 * opening one: in JSON within JSON, `\"` opens and closes, `\\\"` is part of the text.
 */
function closingQuote(text: string, open: number): number {
  const quote = text.charCodeAt(open);
  const level = backslashesBefore(text, open);
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed) return at;
    if (code !== quote) continue;
    const inner = backslashesBefore(text, at) - level;
    if (inner < 0 || Math.floor(inner / (level + 1)) % 2 === 0) return at;
  }
  return text.length;
}

function backslashesBefore(text: string, at: number): number {
  let start = at;
  while (text.charCodeAt(start - 1) === backslash) start--;
  return at - start;
}

/** Behind the bracket that closes the list or object; the end of a text that was cut before. */
function bracketedEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isQuote(code)) at = closingQuote(text, at);
    else if (isOpening(code)) depth++;
    else if (isClosing(code) && --depth === 0) return at + 1;
  }
  return text.length;
}

function find(text: string, from: number, ends: (code: number) => boolean): number {
  let at = from;
  while (at < text.length && !ends(text.charCodeAt(at))) at++;
  return at;
}
