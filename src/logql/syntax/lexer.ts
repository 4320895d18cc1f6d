import { LogqlError, positionAt } from "../errors.ts";
import { isFunction, reservedWords } from "./operations.ts";
import { readQuantity } from "./quantity.ts";
import { readQuoted } from "./quoted.ts";
import type { Token, TokenKind } from "./tokens.ts";

/**
 * Cut a query into tokens; the last is always of kind `end`. Comments run from `#` to the end of the line.
 * @throws LogqlError of kind `parse`, at the character that starts no token.
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = skipBlank(source, 0);
  while (at < source.length) {
    const token = readToken(source, at);
    tokens.push(token);
    at = skipBlank(source, token.end);
  }
  tokens.push({ kind: "end", text: "", value: 0, offset: source.length, end: source.length });
  return tokens;
}

const blank = /(?:[ \t\r\n]+|#[^\n]*)*/y;
const identifier = /[\p{L}_][\p{L}\p{Nd}_]*(?:\.[\p{L}\p{Nd}_]+)*/uy;
const plainIdentifier = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const flag = /--(?:strict|keep-empty)(?![\w-])/y;
const punctuation = /\|=|\|~|\|>|!=|!~|!>|=~|==|>=|<=|[{}()[\],|=<>+\-*/%^]/y;

function skipBlank(source: string, at: number): number {
  blank.lastIndex = at;
  blank.test(source);
  return blank.lastIndex;
}

function readToken(source: string, at: number): Token {
  const first = source.charAt(at);
  if (first === '"' || first === "`") return readString(source, at);
  if ((first >= "0" && first <= "9") || /^\.[0-9]/.test(source.slice(at, at + 2)))
    return readNumber(source, at);
  const found =
    readWord(source, at) ?? match(flag, "flag", source, at) ?? match(punctuation, "punctuation", source, at);
  if (found) return found;
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
  throw new LogqlError(
    "parse",
    `syntax error: unexpected character ${JSON.stringify(character)}`,
    positionAt(source, at),
  );
}

// Words of the language may be written in any case; labels keep theirs.
function readWord(source: string, at: number): Token | undefined {
  const token = match(identifierFor(source, at), "identifier", source, at);
  const lower = token?.text.toLowerCase();
  if (!token || !lower || lower === token.text) return token;
  const isWord = reservedWords.has(lower) || (isFunction(lower) && opens(source, token.end));
  return isWord ? { ...token, text: lower } : token;
}

function opens(source: string, at: number): boolean {
  return /^\s*(?:\(|(?:by|without)\b)/i.test(source.slice(at, at + 40));
}

// A dotted word is no label, but reading it whole lets the parser name it in the error.
function identifierFor(source: string, at: number): RegExp {
  plainIdentifier.lastIndex = at;
  const word = plainIdentifier.exec(source)?.[0] ?? "";
  return source.charAt(at + word.length) === "." ? identifier : plainIdentifier;
}

function match(pattern: RegExp, kind: TokenKind, source: string, at: number): Token | undefined {
  pattern.lastIndex = at;
  const text = pattern.exec(source)?.[0];
  return text ? { kind, text, value: 0, offset: at, end: at + text.length } : undefined;
}

function readString(source: string, at: number): Token {
  const quoted = readQuoted(source, at);
  if (typeof quoted === "string") throw new LogqlError("parse", quoted, positionAt(source, at));
  return { kind: "string", text: quoted.text, value: 0, offset: at, end: quoted.end };
}

function readNumber(source: string, at: number): Token {
  const quantity = readQuantity(source, at);
  if (typeof quantity === "string") throw new LogqlError("parse", quantity, positionAt(source, at));
  return {
    kind: quantity.kind,
    text: source.slice(at, quantity.end),
    value: quantity.value,
    offset: at,
    end: quantity.end,
  };
}
