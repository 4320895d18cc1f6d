import type { Assertion } from "./syntax.ts";

/** Whether an assertion holds at a place of a text. Words and lines are ASCII's, as in RE2. */
export function holds(what: Assertion, text: string, at: number): boolean {
  if (what === "text-start") return at === 0;
  if (what === "text-end") return at === text.length;
  if (what === "line-start") return at === 0 || text.charCodeAt(at - 1) === newline;
  if (what === "line-end") return at === text.length || text.charCodeAt(at) === newline;
  const isBoundary = isWord(text.charCodeAt(at - 1)) !== isWord(text.charCodeAt(at));
  return isBoundary === (what === "word");
}

const newline = 0x0a;

function isWord(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f ||
    (code >= 0x61 && code <= 0x7a)
  );
}
