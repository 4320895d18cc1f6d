import { positionAt } from "../../logql/parts.ts";
import { PromqlError } from "../errors.ts";
import { type Token, tokenize } from "./lexer.ts";

/** The parser's place among the tokens of one query. Words of the language are the same in any case. */
export class PromqlCursor {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #nodes = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokenize(source);
  }

  get token(): Token {
    return this.ahead(0);
  }

  ahead(count: number): Token {
    // The last token is `end`, and reading past it reads it again.
    return this.#tokens[Math.min(this.#at + count, this.#tokens.length - 1)] as Token;
  }

  /** The word or sign that comes next, in lower case; undefined for a literal or the end. */
  get symbol(): string | undefined {
    return symbolOf(this.token);
  }

  symbolAhead(count: number): string | undefined {
    return symbolOf(this.ahead(count));
  }

  atEnd(): boolean {
    return this.token.kind === "end";
  }

  next(): Token {
    const token = this.token;
    this.#at++;
    return token;
  }

  /** Step over the symbol when it comes next. */
  skip(symbol: string): boolean {
    const found = this.symbol === symbol;
    if (found) this.#at++;
    return found;
  }

  expect(symbol: string, where: string): void {
    if (!this.skip(symbol)) throw this.unexpected(where, JSON.stringify(symbol));
  }

  /** Items between two signs, separated by commas; a last comma may follow them. */
  list<T>(close: string, where: string, item: () => T): T[] {
    const items: T[] = [];
    while (!this.skip(close)) {
      items.push(item());
      if (!this.skip(",") && this.symbol !== close)
        throw this.unexpected(where, `"," or ${JSON.stringify(close)}`);
    }
    return items;
  }

  unexpected(where: string, expected?: string): PromqlError {
    const { kind, text } = this.token;
    const found =
      kind === "end" ? "end of input" : `${kind === "sign" ? "" : `${kind} `}${JSON.stringify(text)}`;
    return this.error(
      `unexpected ${found} in ${where}${expected === undefined ? "" : `, expected ${expected}`}`,
    );
  }

  error(message: string, offset: number = this.token.offset): PromqlError {
    return new PromqlError("parse", message, positionAt(this.#source, offset));
  }

  refusal(message: string, offset: number): PromqlError {
    return new PromqlError("unsupported", message, positionAt(this.#source, offset));
  }

  /** Count a node: what reads and evaluates the tree calls itself, and a huge query would overflow the stack. */
  count(): void {
    if (++this.#nodes > maxNodes) throw this.error(`the query has more than ${maxNodes} parts`);
  }
}

function symbolOf({ kind, text }: Token): string | undefined {
  return kind === "word" || kind === "sign" ? text.toLowerCase() : undefined;
}

const maxNodes = 1000;
