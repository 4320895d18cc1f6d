import { unquote } from "../syntax/quoted.ts";
import type { TemplateToken } from "./lexer.ts";
import { type OperandNode, type PipeNode, TemplateSyntaxError } from "./nodes.ts";
import type { TokenReader } from "./token-reader.ts";

export interface PipeScope {
  readonly functions: ReadonlySet<string>;
  /** Names of the variables in reach; a declaration adds to them. */
  readonly variables: string[];
  /** A range may declare two variables. */
  readonly range?: boolean;
}

/** Parse `[$name :=] command | command …` up to the end of the action. */
export function parsePipe(reader: TokenReader, scope: PipeScope): PipeNode {
  const pipe = parseCommands(reader, scope, 0);
  reader.expectDone("command");
  return pipe;
}

function parseCommands(reader: TokenReader, scope: PipeScope, depth: number): PipeNode {
  if (depth > 100) throw new TemplateSyntaxError("the pipeline nests too deeply");
  const { variables, assigns } = parseDeclaration(reader, scope);
  const commands: OperandNode[][] = [];
  // Go takes a pipe with nothing after it.
  do commands.push(parseCommand(reader, scope, depth));
  while (reader.skip("|") && !reader.done);
  commands.slice(1).forEach(([first], i) => {
    if (first?.kind === "literal" || first?.kind === "nil") {
      throw new TemplateSyntaxError(`non executable command in pipeline stage ${i + 2}`);
    }
  });
  if (!assigns) scope.variables.push(...variables);
  return { variables, assigns, commands };
}

function parseDeclaration(reader: TokenReader, scope: PipeScope): { variables: string[]; assigns: boolean } {
  if (reader.token?.kind !== "variable") return { variables: [], assigns: false };
  const isOperator = (token: TemplateToken | undefined): boolean =>
    token?.text === ":=" || token?.text === "=";
  const pair = scope.range === true && reader.peek(1)?.text === "," && isOperator(reader.peek(3));
  if (!pair && !isOperator(reader.peek(1))) return { variables: [], assigns: false };
  const variables = [reader.next().text];
  if (pair) {
    reader.next();
    variables.push(reader.next().text);
  }
  const assigns = reader.next().text === "=";
  const unknown = assigns ? variables.find((name) => !scope.variables.includes(name)) : undefined;
  if (unknown) throw new TemplateSyntaxError(`undefined variable "${unknown}"`);
  return { variables, assigns };
}

function parseCommand(reader: TokenReader, scope: PipeScope, depth: number): OperandNode[] {
  const operands: OperandNode[] = [];
  while (reader.token && !reader.is("|") && !reader.is(")")) {
    if (operands.length > 0 && !reader.spaced)
      throw new TemplateSyntaxError(`unexpected ${JSON.stringify(reader.token.text)} in operand`);
    operands.push(parseOperand(reader, scope, depth));
  }
  if (operands.length === 0) throw new TemplateSyntaxError("missing value for command");
  return operands;
}

function parseOperand(reader: TokenReader, scope: PipeScope, depth: number): OperandNode {
  const token = reader.next();
  switch (token.kind) {
    case "string":
      return { kind: "literal", value: token.text };
    case "number":
      return { kind: "literal", value: parseNumber(token.text) };
    case "char":
      return { kind: "literal", value: parseChar(token.text) };
    case "dot":
      return { kind: "fields", from: ".", names: [] };
    case "field":
      return { kind: "fields", from: ".", names: [token.text.slice(1), ...parseChain(reader)] };
    case "variable":
      if (!scope.variables.includes(token.text))
        throw new TemplateSyntaxError(`undefined variable "${token.text}"`);
      return { kind: "fields", from: token.text, names: parseChain(reader) };
    case "word":
      return parseWord(token.text, scope);
    default:
      return parseParenthesis(token, reader, { scope, depth });
  }
}

function parseWord(text: string, scope: PipeScope): OperandNode {
  if (text === "true" || text === "false") return { kind: "literal", value: text === "true" };
  if (text === "nil") return { kind: "nil" };
  if (!scope.functions.has(text)) throw new TemplateSyntaxError(`function "${text}" not defined`);
  return { kind: "function", name: text };
}

function parseParenthesis(
  token: TemplateToken,
  reader: TokenReader,
  inside: { scope: PipeScope; depth: number },
): OperandNode {
  if (token.text !== "(")
    throw new TemplateSyntaxError(`unexpected ${JSON.stringify(token.text)} in operand`);
  const pipe = parseCommands(reader, inside.scope, inside.depth + 1);
  if (!reader.skip(")")) throw new TemplateSyntaxError("unclosed left paren");
  return { kind: "pipe", pipe, names: parseChain(reader) };
}

function parseChain(reader: TokenReader): string[] {
  const names: string[] = [];
  while (!reader.spaced && reader.token?.kind === "field") names.push(reader.next().text.slice(1));
  return names;
}

function parseNumber(text: string): bigint | number {
  const plain = text.replaceAll("_", "");
  if (/^[+-]?(?:0[xXbBoO])?[0-9a-fA-F]+$/.test(plain) && !/^[+-]?[0-9]+[eE]/.test(plain)) {
    const digits = plain.replace(/^[+-]/, "").replace(/^0([0-7]+)$/, "0o$1");
    const value = BigInt(digits);
    return plain.startsWith("-") ? -value : value;
  }
  return Number(plain);
}

function parseChar(text: string): bigint {
  const inner = text.slice(1, -1);
  const plain = inner === "\\'" ? "'" : unquote(`"${inner.replaceAll('"', '\\"')}"`);
  if (plain === undefined || [...plain].length !== 1)
    throw new TemplateSyntaxError(`malformed character constant: ${text}`);
  return BigInt(plain.codePointAt(0) ?? 0);
}
