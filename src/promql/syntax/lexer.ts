import { positionAt, readQuoted } from "../../logql/parts.ts";
import { PromqlError } from "../errors.ts";

export type TokenKind = "word" | "number" | "duration" | "string" | "sign" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** As written; of a string, what it holds. */
  readonly text: string;
  readonly offset: number;
}

/**
 * Split a query into tokens, `end` the last. A colon belongs to a metric's name, but not within brackets or braces.
 * @throws PromqlError
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const open: string[] = [];
  for (let at = skipBlank(source, 0); at < source.length; ) {
    const { token, end } = readToken(source, at, open.at(-1) === "[" || open.at(-1) === "{");
    if (token.kind === "sign" && "([{".includes(token.text)) open.push(token.text);
    if (token.kind === "sign" && ")]}".includes(token.text)) open.pop();
    tokens.push(token);
    at = skipBlank(source, end);
  }
  return [...tokens, { kind: "end", text: "", offset: source.length }];
}

const blank = /(?:\s+|#[^\n]*)*/y;
const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ["duration", /(?:[0-9]+(?:ms|[smhdwy]))+(?![A-Za-z0-9_.])/y],
  [
    "number",
    /(?:0[xX][0-9a-fA-F]+|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9][0-9_]*)?)(?![A-Za-z0-9_.])/y,
  ],
  ["sign", /=~|!~|==|!=|>=|<=|[-+*/%^<>=(){}[\],@:]/y],
];
const word = /[A-Za-z_:][A-Za-z0-9_:]*/y;
const plainWord = /[A-Za-z_][A-Za-z0-9_]*/y;

interface Read {
  readonly token: Token;
  readonly end: number;
}

function skipBlank(source: string, at: number): number {
  blank.lastIndex = at;
  blank.test(source);
  return blank.lastIndex;
}

function readToken(source: string, at: number, enclosed: boolean): Read {
  if (/["'`]/.test(source.charAt(at))) return readString(source, at);
  for (const [kind, pattern] of [["word", enclosed ? plainWord : word] as const, ...patterns]) {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined) return { token: { kind, text, offset: at }, end: at + text.length };
  }
  const position = positionAt(source, at);
  const found = /^[0-9.][A-Za-z0-9_.]*/.exec(source.slice(at))?.[0];
  if (found)
    throw new PromqlError("parse", `bad number or duration syntax: ${JSON.stringify(found)}`, position);
  throw new PromqlError("parse", `unexpected character: ${JSON.stringify(source.charAt(at))}`, position);
}

function readString(source: string, at: number): Read {
  const quoted = readQuoted(source, at);
  if (typeof quoted === "string") {
    throw new PromqlError("parse", quoted.replace("syntax error: ", ""), positionAt(source, at));
  }
  return { token: { kind: "string", text: quoted.text, offset: at }, end: quoted.end };
}
