import {
  bareEnd,
  blockEnd,
  isBareValue,
  JsonProblem,
  jsonProblems,
  skipSpace,
  stringEnd,
  unescapeJson,
} from "./json-scan.ts";

/** What a walk over an object reports. */
export interface JsonVisitor {
  /** Called at each key; whether its value is wanted, and if it is an object, whether to look inside. */
  wants(text: string, keyStart: number, keyEnd: number): boolean;
  /** Called with each wanted string, number or boolean. A true answer ends the walk. */
  value(value: string): boolean;
  /** Called with each wanted object. A true answer ends the walk. */
  object(text: string, start: number, end: number): boolean;
}

/**
 * Walk the members of the object in `text[start, end)`.
 * @throws JsonProblem where the structure breaks; members before that have been visited.
 */
export function walkObject(
  text: string,
  range: { readonly start: number; readonly end: number },
  visitor: JsonVisitor,
): void {
  const { end } = range;
  let at = skipSpace(text, range.start, end);
  if (at >= end || text.charCodeAt(at) !== openBrace) throw new JsonProblem(jsonProblems.object);
  at = next(text, at + 1, end, jsonProblems.malformed);
  while (text.charCodeAt(at) !== closeBrace) {
    if (text.charCodeAt(at) !== quote) throw new JsonProblem(jsonProblems.object);
    const keyStart = at + 1;
    const keyEnd = stringEnd(text, keyStart, end);
    if (keyEnd < 0) throw new JsonProblem(jsonProblems.string);
    const wanted = visitor.wants(text, keyStart, keyEnd - 1);
    at = next(text, keyEnd, end, jsonProblems.malformed);
    if (text.charCodeAt(at) !== colon) throw new JsonProblem(jsonProblems.malformed);
    at = next(text, at + 1, end, jsonProblems.malformed);
    const after = valueEnd(text, at, end);
    if (wanted && visit(text, at, after, visitor)) return;
    at = next(text, after, end, jsonProblems.array);
    const code = text.charCodeAt(at);
    if (code === comma) at = next(text, at + 1, end, jsonProblems.array);
    else if (code !== closeBrace) throw new JsonProblem(jsonProblems.object);
  }
}

/** The offset after the value that starts here. */
export function valueEnd(text: string, at: number, end: number): number {
  const code = text.charCodeAt(at);
  if (code === quote) return checked(stringEnd(text, at + 1, end), jsonProblems.string);
  if (code === minus || (code >= 0x30 && code <= 0x39)) return bareEnd(text, at, end);
  if (code === openBrace) return checked(blockEnd(text, at, end), jsonProblems.object);
  if (code === openBracket) return checked(blockEnd(text, at, end), jsonProblems.array);
  const after = bareEnd(text, at, end);
  if (!isBareValue(text.slice(at, after))) throw new JsonProblem(jsonProblems.unknown);
  return after;
}

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const colon = 0x3a;
const openBracket = 0x5b;
const openBrace = 0x7b;
const closeBrace = 0x7d;

// Most documents have no space here, so the first look decides.
function next(text: string, at: number, end: number, problem: string): number {
  if (at < end && text.charCodeAt(at) > 0x20) return at;
  const found = skipSpace(text, at, end);
  if (found >= end) throw new JsonProblem(problem);
  return found;
}

function checked(offset: number, problem: string): number {
  if (offset < 0) throw new JsonProblem(problem);
  return offset;
}

// Arrays and null leave no label.
function visit(text: string, start: number, end: number, visitor: JsonVisitor): boolean {
  const code = text.charCodeAt(start);
  if (code === openBrace) return visitor.object(text, start, end);
  if (code === openBracket) return false;
  if (code === quote) return visitor.value(unescapeJson(text.slice(start + 1, end - 1)));
  const bare = text.slice(start, end);
  return bare === "null" ? false : visitor.value(bare);
}
