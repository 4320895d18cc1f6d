/** What stands behind `=` in Alloy's configuration: a literal, or the name of another component's export. */
export type RiverValue =
  | string
  | number
  | { readonly reference: string }
  | readonly RiverValue[]
  | { readonly pairs: ReadonlyMap<string, RiverValue> };

export interface RiverBlock {
  readonly name: string;
  readonly label: string | undefined;
  readonly attributes: ReadonlyMap<string, RiverValue>;
  readonly blocks: readonly RiverBlock[];
}

/**
 * Parse the part of Alloy's configuration language that stack/alloy uses: blocks, literals, `sys.env`, and `+` of texts.
 * @throws Error for anything else, so that no part of a file is passed over.
 * @see https://grafana.com/docs/alloy/latest/get-started/configuration-syntax/
 */
export function parseRiver(text: string, env: Readonly<Record<string, string>>): readonly RiverBlock[] {
  return new Parser(tokens(text), env).body("").blocks;
}

interface Token {
  readonly kind: "text" | "number" | "name" | "mark";
  readonly text: string;
}

const lexemes =
  /\s+|\/\/[^\n]*|(?<text>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<number>-?\d+(?:\.\d+)?)|(?<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(?<mark>[{}[\](),=+])/gy;

function tokens(text: string): Token[] {
  const found: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(lexemes)) {
    end = match.index + match[0].length;
    const [kind, value] = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined) ?? [];
    // The names of the groups are the kinds.
    if (kind !== undefined && value !== undefined) found.push({ kind: kind as Token["kind"], text: value });
  }
  if (end < text.length) throw new Error(`line ${text.slice(0, end).split("\n").length}: not understood`);
  return found;
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #env: Readonly<Record<string, string>>;
  #at = 0;

  constructor(all: readonly Token[], env: Readonly<Record<string, string>>) {
    this.#tokens = all;
    this.#env = env;
  }

  body(end: "" | "}"): Pick<RiverBlock, "attributes" | "blocks"> {
    const attributes = new Map<string, RiverValue>();
    const blocks: RiverBlock[] = [];
    while (this.#peek() !== end) {
      const name = this.#take("name");
      if (this.#skip("=")) attributes.set(name, this.#value());
      else blocks.push(this.#block(name));
    }
    this.#at++;
    return { attributes, blocks };
  }

  #block(name: string): RiverBlock {
    const label = this.#tokens[this.#at]?.kind === "text" ? literal(this.#take("text")) : undefined;
    this.#expect("{");
    return { name, label, ...this.body("}") };
  }

  #value(): RiverValue {
    let value = this.#operand();
    while (this.#skip("+")) {
      const next = this.#operand();
      if (typeof value !== "string" || typeof next !== "string") throw new Error("+ joins texts only");
      value += next;
    }
    return value;
  }

  #operand(): RiverValue {
    if (this.#skip("[")) return this.#list("]", () => this.#value());
    if (this.#skip("{")) return { pairs: new Map(this.#list("}", () => this.#entry())) };
    const token = this.#tokens[this.#at++];
    if (token?.kind === "text") return literal(token.text);
    if (token?.kind === "number") return Number(token.text);
    if (token?.kind !== "name") throw new Error(`a value is missing at ${JSON.stringify(token?.text)}`);
    return this.#skip("(") ? this.#call(token.text) : { reference: token.text };
  }

  #entry(): [string, RiverValue] {
    const key = this.#tokens[this.#at]?.kind === "text" ? literal(this.#take("text")) : this.#take("name");
    this.#expect("=");
    return [key, this.#value()];
  }

  #call(name: string): string {
    const [variable] = this.#list(")", () => this.#value());
    if (name !== "sys.env" || typeof variable !== "string") throw new Error(`${name}() is not understood`);
    return this.#env[variable] ?? "";
  }

  #list<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    while (!this.#skip(end)) {
      items.push(item());
      if (this.#peek() !== end) this.#expect(",");
    }
    return items;
  }

  #peek(): string {
    return this.#tokens[this.#at]?.text ?? "";
  }

  #skip(mark: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "mark" || token.text !== mark) return false;
    this.#at++;
    return true;
  }

  #expect(mark: string): void {
    if (!this.#skip(mark)) throw new Error(`${mark} expected, found ${JSON.stringify(this.#peek())}`);
  }

  #take(kind: Token["kind"]): string {
    const token = this.#tokens[this.#at++];
    if (token?.kind !== kind) throw new Error(`a ${kind} expected, found ${JSON.stringify(token?.text)}`);
    return token.text;
  }
}

// A text in quotes is escaped as JSON's are; one in backquotes is as it stands.
function literal(text: string): string {
  return text.startsWith("`") ? text.slice(1, -1) : (JSON.parse(text) as string);
}
