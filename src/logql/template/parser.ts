import { lexTemplate, type Piece } from "./lexer.ts";
import {
  type ParsedTemplate,
  type PipeNode,
  type TemplateList,
  type TemplateNode,
  TemplateSyntaxError,
} from "./nodes.ts";
import { parsePipe } from "./pipe-parser.ts";
import { TokenReader } from "./token-reader.ts";

/**
 * Parse a Go text template. `functions` names those it may call.
 * @throws TemplateSyntaxError
 * @see https://pkg.go.dev/text/template
 */
export function parseTemplate(source: string, functions: ReadonlySet<string>): ParsedTemplate {
  const parser = new TemplateParser(lexTemplate(source), functions);
  return { root: parser.parseAll(), defined: parser.defined };
}

interface Block {
  readonly list: TemplateNode[];
  /** What ended it: `end`, or an `else` with what follows the word. */
  readonly end: "end" | TokenReader | undefined;
}

class TemplateParser {
  readonly defined: Map<string, TemplateList> = new Map();
  readonly #pieces: readonly Piece[];
  readonly #functions: ReadonlySet<string>;
  #at = 0;
  #loops = 0;
  #depth = 0;

  constructor(pieces: readonly Piece[], functions: ReadonlySet<string>) {
    this.#pieces = pieces;
    this.#functions = functions;
  }

  parseAll(): TemplateList {
    const { list, end } = this.#parseBlock(["$"]);
    if (end) throw new TemplateSyntaxError(`unexpected {{${end === "end" ? "end" : "else"}}}`);
    return list;
  }

  #parseBlock(outer: readonly string[]): Block {
    if (++this.#depth > 100) throw new TemplateSyntaxError("the template nests too deeply");
    const variables = [...outer];
    const list: TemplateNode[] = [];
    for (;;) {
      const piece = this.#pieces[this.#at++];
      if (!piece || this.#ends(piece)) {
        this.#depth--;
        return { list, end: piece && this.#ends(piece) };
      }
      if (piece.kind === "text") list.push(piece);
      else list.push(...this.#parseAction(new TokenReader(piece.tokens), variables));
    }
  }

  #ends(piece: Piece): Block["end"] {
    if (piece.kind !== "tokens") return undefined;
    const reader = new TokenReader(piece.tokens);
    const word = reader.word();
    if (word !== "end" && word !== "else") return undefined;
    reader.next();
    if (word === "else") return reader;
    reader.expectDone("end");
    return "end";
  }

  #parseAction(reader: TokenReader, variables: string[]): TemplateNode[] {
    const word = reader.word();
    switch (word) {
      case "if":
      case "with":
      case "range":
        reader.next();
        return [this.#parseControl(word, reader, variables)];
      case "define":
      case "block":
      case "template":
        reader.next();
        return this.#parseNamed(word, reader, variables);
      case "break":
      case "continue":
        if (this.#loops === 0) throw new TemplateSyntaxError(`{{${word}}} outside {{range}}`);
        return [{ kind: "leave", word }];
      default:
        return [{ kind: "action", pipe: parsePipe(reader, { functions: this.#functions, variables }) }];
    }
  }

  #parseControl(kind: "if" | "with" | "range", reader: TokenReader, outer: readonly string[]): TemplateNode {
    const variables = [...outer];
    const pipe: PipeNode = parsePipe(reader, {
      functions: this.#functions,
      variables,
      range: kind === "range",
    });
    if (kind === "range") this.#loops++;
    const body = this.#parseBlock(variables);
    if (kind === "range") this.#loops--;
    return {
      kind: "control",
      word: kind,
      pipe,
      body: body.list,
      otherwise: this.#parseElse(kind, body.end, variables),
    };
  }

  #parseElse(kind: "if" | "with" | "range", end: Block["end"], variables: readonly string[]): TemplateList {
    if (end === "end") return [];
    if (!end) throw new TemplateSyntaxError("unexpected EOF");
    const word = end.word();
    if (word === kind && kind !== "range") {
      end.next();
      return [this.#parseControl(kind, end, variables)];
    }
    end.expectDone("else");
    const other = this.#parseBlock(variables);
    if (other.end !== "end") throw new TemplateSyntaxError("unexpected EOF");
    return other.list;
  }

  #parseNamed(
    word: "define" | "block" | "template",
    reader: TokenReader,
    variables: string[],
  ): TemplateNode[] {
    const name = reader.expectString(word);
    if (word === "template") {
      const pipe = reader.done ? undefined : parsePipe(reader, { functions: this.#functions, variables });
      return [{ kind: "template", name, pipe }];
    }
    const pipe = word === "block" ? parsePipe(reader, { functions: this.#functions, variables }) : undefined;
    if (word === "define") reader.expectDone("define");
    const body = this.#parseBlock(["$"]);
    if (body.end !== "end") throw new TemplateSyntaxError("unexpected EOF");
    this.defined.set(name, body.list);
    return word === "block" ? [{ kind: "template", name, pipe }] : [];
  }
}
