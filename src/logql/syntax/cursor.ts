import { LogqlError, type Position, positionAt } from "../errors.ts";
import { tokenize } from "./lexer.ts";
import type { Token, TokenKind } from "./tokens.ts";

/** The parser's place among the tokens of one query. */
export class Cursor {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  #operators = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokenize(source);
  }

  get token(): Token {
    return this.peek(0);
  }

  peek(ahead: number): Token {
    // The last token is `end`, and reading past it reads it again.
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.token;
    this.#at++;
    return token;
  }

  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && token.kind !== "string";
  }

  isOneOf(texts: ReadonlySet<string>): boolean {
    return this.token.kind !== "string" && texts.has(this.token.text);
  }

  /** Step over the text when it comes next. */
  skip(text: string): boolean {
    const found = this.is(text);
    if (found) this.#at++;
    return found;
  }

  expect(text: string): Token {
    if (!this.is(text)) throw this.unexpected(JSON.stringify(text));
    return this.next();
  }

  expectKind(kind: TokenKind): Token {
    if (this.token.kind !== kind) throw this.unexpected(kind);
    return this.next();
  }

  unexpected(wanted?: string): LogqlError {
    const found = this.token.kind === "end" ? "end of query" : JSON.stringify(this.token.text);
    const expected = wanted === undefined ? "" : `, expecting ${wanted}`;
    return this.error(`syntax error: unexpected ${found}${expected}`);
  }

  error(message: string, offset: number = this.token.offset): LogqlError {
    return new LogqlError("parse", message, this.position(offset));
  }

  refusal(message: string, offset: number): LogqlError {
    return new LogqlError("unsupported", message, this.position(offset));
  }

  position(offset: number): Position {
    return positionAt(this.#source, offset);
  }

  /** Count an operator of a chain: what evaluates a chain calls itself once for each. */
  countOperator(): void {
    if (++this.#operators > maxOperators)
      throw this.error(`the query has more than ${maxOperators} operators`);
  }

  /** Run a rule that calls itself; deep nesting is an error, where the JavaScript stack would overflow. */
  nested<T>(rule: () => T): T {
    if (this.#depth >= maxDepth) throw this.error("the query nests too deeply");
    this.#depth++;
    const result = rule();
    this.#depth--;
    return result;
  }
}

const maxDepth = 200;
const maxOperators = 1000;
