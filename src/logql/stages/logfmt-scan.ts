import { jsonUnescape } from "./logfmt-value.ts";

interface LogfmtPair {
  readonly key: string;
  readonly value: string;
}

/** What stands at a place of the line: a pair, or something wrong there. */
export type LogfmtItem =
  | (LogfmtPair & { readonly end: number })
  | { readonly problem: string; readonly end: number };

/** Read the next `key=value`, `key="value"` or bare `key`; undefined at the end of the line. */
export function nextPair(line: string, from: number): LogfmtItem | undefined {
  let at = from;
  while (at < line.length && isSpace(line.charCodeAt(at))) at++;
  if (at >= line.length) return undefined;
  const keyEnd = endOfKey(line, at);
  const key = line.slice(at, keyEnd);
  const stop = line.charCodeAt(keyEnd);
  if (stop === quote || (stop === equals && key === "")) return unexpected(line, keyEnd);
  if (stop !== equals) return { key, value: "", end: keyEnd };
  if (line.charCodeAt(keyEnd + 1) === quote) return quotedPair(line, key, keyEnd + 1);
  const end = endOfKey(line, keyEnd + 1);
  if (end < line.length && !isSpace(line.charCodeAt(end))) return unexpected(line, end);
  return { key, value: line.slice(keyEnd + 1, end), end };
}

const quote = 0x22;
const equals = 0x3d;
const backslash = 0x5c;

function isSpace(code: number): boolean {
  return code <= 0x20;
}

// A key or a bare value runs to a space, an equals sign or a quote.
function endOfKey(line: string, from: number): number {
  let at = from;
  for (; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code <= 0x20 || code === equals || code === quote) break;
  }
  return at;
}

function quotedPair(line: string, key: string, open: number): LogfmtItem {
  let at = open + 1;
  while (at < line.length && line.charCodeAt(at) !== quote) at += line.charCodeAt(at) === backslash ? 2 : 1;
  if (at >= line.length) return problem(line, line.length, "unterminated quoted value");
  const value = jsonUnescape(line.slice(open + 1, at));
  return value === undefined ? problem(line, at + 1, "invalid quoted value") : { key, value, end: at + 1 };
}

function unexpected(line: string, at: number): LogfmtItem {
  return problem(line, at, `unexpected '${line.charAt(at)}'`);
}

// Positions count bytes from 1. The rest of the word is skipped with what was wrong in it.
function problem(line: string, at: number, text: string): LogfmtItem {
  let end = at;
  while (end < line.length && !isSpace(line.charCodeAt(end))) end++;
  const position = Buffer.byteLength(line.slice(0, at)) + 1;
  return { problem: `logfmt syntax error at pos ${position} : ${text}`, end };
}
