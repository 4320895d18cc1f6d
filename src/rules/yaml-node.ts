import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { parseDurationMs } from "./duration.ts";
import type { Problem } from "./problem.ts";

interface Source {
  readonly file: string;
  readonly lines: LineCounter;
  readonly problems: Problem[];
  readonly document: Document;
}

/** Parse a YAML file into a node to read from. What is wrong, now or while reading, is added to `problems`. */
export function parseYaml(text: string, file: string, problems: Problem[]): YamlNode | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  // One mistake leads to many errors after it.
  for (const error of document.errors.slice(0, 3)) {
    const first = (error.message.split("\n")[0] ?? "").replace(/:$/, "");
    problems.push({ file, line: lines.linePos(error.pos[0]).line, where: "", message: first });
  }
  if (document.errors.length > 0) return undefined;
  return new YamlNode(document.contents, { file, lines, problems, document }, { line: 1, where: "" });
}

/** A place in a YAML file. Each reader gives the value, or reports what stands there instead and gives undefined. */
export class YamlNode {
  readonly line: number;
  readonly where: string;
  readonly #node: Node | null;
  readonly #source: Source;
  // The name of an alias that stands for nothing: often a pattern such as *.yml, without quotes.
  readonly #alias: string | undefined;

  constructor(
    node: unknown,
    source: Source,
    at: { readonly line: number; readonly where: string; readonly key?: boolean },
  ) {
    // Members of a parsed document are nodes or null.
    const given = node as Node | null;
    this.#node = isAlias(given) ? (given.resolve(source.document) ?? null) : given;
    this.#alias = isAlias(given) && this.#node === null ? given.source : undefined;
    this.#source = source;
    // A value that stands below its key is looked for at the key.
    this.line = given?.range && !at.key ? source.lines.linePos(given.range[0]).line : at.line;
    this.where = at.where;
  }

  /** The same place under another description. */
  as(where: string): YamlNode {
    return new YamlNode(this.#node, this.#source, { line: this.line, where, key: true });
  }

  /** The line on which a text itself begins: of a block, the one after `|`. */
  get textLine(): number {
    const block =
      isScalar(this.#node) && (this.#node.type === "BLOCK_LITERAL" || this.#node.type === "BLOCK_FOLDED");
    return block ? this.line + 1 : this.line;
  }

  get isNull(): boolean {
    return this.#node === null || (isScalar(this.#node) && this.#node.value === null);
  }

  get isMapping(): boolean {
    return isMap(this.#node);
  }

  get isList(): boolean {
    return isSeq(this.#node);
  }

  report(message: string, line: number = this.line): undefined {
    this.#source.problems.push({ file: this.#source.file, line, where: this.where, message });
    return undefined;
  }

  /** The members of a mapping with the keys that are allowed; any other is reported. An empty place is an empty mapping. */
  members(what: string, allowed: readonly string[]): ReadonlyMap<string, YamlNode> {
    const members = this.entries(what);
    for (const [key, node] of members) {
      if (!allowed.includes(key))
        node.report(`unknown key ${key} in ${what}; allowed: ${allowed.join(", ")}`);
    }
    return members;
  }

  entries(what: string): ReadonlyMap<string, YamlNode> {
    if (this.isNull) return new Map();
    if (isMap(this.#node)) return this.#entries(new Set());
    this.report(`${what} must be a mapping, not ${this.#kind()}`);
    return new Map();
  }

  // `<<` takes the keys of other mappings over, as Go's YAML does: own keys win, then those of the first one named.
  #entries(within: ReadonlySet<Node | null>): Map<string, YamlNode> {
    const members = new Map<string, YamlNode>();
    // A mapping that takes itself over ends here.
    if (!isMap(this.#node) || within.has(this.#node)) return members;
    const taken: YamlNode[] = [];
    for (const { key, value } of this.#node.items) {
      const name = new YamlNode(key, this.#source, this);
      const text = isScalar(name.#node) ? String(name.#node.value) : "";
      const member = new YamlNode(value, this.#source, { line: name.line, where: this.where, key: true });
      if (text !== "<<") members.set(text, member);
      else taken.push(...(member.isList ? member.items(text) : [member]));
    }
    const deeper = new Set([...within, this.#node]);
    for (const [text, member] of taken.flatMap((one) => [...one.#entries(deeper)])) {
      if (!members.has(text)) members.set(text, member);
    }
    return members;
  }

  items(what: string): YamlNode[] {
    if (this.isNull) return [];
    if (!isSeq(this.#node)) {
      this.report(`${what} must be a list, not ${this.#kind()}`);
      return [];
    }
    return this.#node.items.map((item) => new YamlNode(item, this.#source, this));
  }

  /** Text; a number or boolean is taken as it is written. */
  text(what: string): string | undefined {
    if (!isScalar(this.#node) || this.#node.value === null) {
      return this.report(`${what} must be text, not ${this.#kind()}`);
    }
    return typeof this.#node.value === "string"
      ? this.#node.value
      : (this.#node.source ?? String(this.#node.value));
  }

  number(what: string): number | undefined {
    const value = this.plain();
    if (typeof value === "number") return value;
    const text =
      typeof value === "string" ? value.replace(/^\+?Inf$/, "Infinity").replace(/^-Inf$/, "-Infinity") : "";
    if (text === "NaN" || (text !== "" && !Number.isNaN(Number(text)))) return Number(text);
    return this.report(`${what} must be a number, not ${this.#kind()}`);
  }

  count(what: string): number | undefined {
    const value = this.plain();
    if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
    return this.report(`${what} must be a whole number, not ${this.#kind()}`);
  }

  boolean(what: string): boolean | undefined {
    const value = this.plain();
    return typeof value === "boolean"
      ? value
      : this.report(`${what} must be true or false, not ${this.#kind()}`);
  }

  /** Milliseconds. */
  duration(what: string): number | undefined {
    const text = isScalar(this.#node) ? String(this.#node.value) : "";
    const ms = parseDurationMs(text);
    return ms ?? this.report(`${what} must be a duration like 30s, 5m or 1h30m, not ${this.#kind()}`);
  }

  texts(what: string): Record<string, string> {
    const pairs = [...this.entries(what)].map(([key, node]): [string, string] => [
      key,
      node.isNull ? "" : (node.text(`${what}.${key}`) ?? ""),
    ]);
    return Object.fromEntries(pairs);
  }

  /** The value as plain JavaScript. */
  plain(): unknown {
    return isScalar(this.#node) ? this.#node.value : (this.#node?.toJS(this.#source.document) ?? null);
  }

  #kind(): string {
    if (this.#alias !== undefined)
      return `the alias *${this.#alias}, which names nothing: quote a text that begins with *`;
    if (this.isNull) return "nothing";
    if (isMap(this.#node)) return "a mapping";
    if (isSeq(this.#node)) return "a list";
    const text = JSON.stringify(this.plain());
    return text.length > 60 ? `${text.slice(0, 60)}…` : text;
  }
}
