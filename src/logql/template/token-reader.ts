import type { TemplateToken } from "./lexer.ts";
import { TemplateSyntaxError } from "./nodes.ts";

/** The parser's place among the tokens of one action. */
export class TokenReader {
  readonly #tokens: readonly TemplateToken[];
  #at = 0;

  constructor(tokens: readonly TemplateToken[]) {
    this.#tokens = tokens;
  }

  /** The next token that is no space. */
  get token(): TemplateToken | undefined {
    return this.peek(0);
  }

  get done(): boolean {
    return this.token === undefined;
  }

  /** Whether white space stands right before the next token. */
  get spaced(): boolean {
    return this.#tokens[this.#at]?.kind === "space";
  }

  peek(ahead: number): TemplateToken | undefined {
    return this.#tokens.slice(this.#at).filter(({ kind }) => kind !== "space")[ahead];
  }

  word(): string | undefined {
    return this.token?.kind === "word" ? this.token.text : undefined;
  }

  is(text: string): boolean {
    return this.token?.kind === "punctuation" && this.token.text === text;
  }

  next(): TemplateToken {
    if (this.spaced) this.#at++;
    const token = this.#tokens[this.#at++];
    if (!token) throw new TemplateSyntaxError("unexpected end of action");
    return token;
  }

  skip(text: string): boolean {
    const found = this.is(text);
    if (found) this.next();
    return found;
  }

  expectString(context: string): string {
    const token = this.next();
    if (token.kind !== "string")
      throw new TemplateSyntaxError(`unexpected ${JSON.stringify(token.text)} in ${context} clause`);
    return token.text;
  }

  expectDone(context: string): void {
    if (this.token)
      throw new TemplateSyntaxError(`unexpected ${JSON.stringify(this.token.text)} in ${context}`);
  }
}
