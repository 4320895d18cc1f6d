import { readQuoted } from "../syntax/quoted.ts";
import { TemplateSyntaxError } from "./nodes.ts";

/** A piece of a template: text as it is, or the tokens of one `{{ }}`. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "tokens"; readonly tokens: readonly TemplateToken[] };

export interface TemplateToken {
  readonly kind:
    | "word"
    | "field"
    | "variable"
    | "dot"
    | "string"
    | "char"
    | "number"
    | "punctuation"
    | "space";
  readonly text: string;
}

/** Cut a template into texts and actions; comments go, and `{{-` and `-}}` trim the text beside them. */
export function lexTemplate(source: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trimNext = false;
  while (at < source.length) {
    const open = source.indexOf("{{", at);
    const end = open < 0 ? source.length : open;
    const trimsLeft = open >= 0 && /^\{\{-[ \t\r\n]/.test(source.slice(open, open + 4));
    pushText(pieces, source.slice(at, end), { start: trimNext, end: trimsLeft });
    if (open < 0) break;
    const action = lexAction(source, open + (trimsLeft ? 3 : 2));
    if (action.tokens) pieces.push({ kind: "tokens", tokens: action.tokens });
    trimNext = action.trimsRight;
    at = action.end;
  }
  return pieces;
}

interface LexedAction {
  readonly tokens: TemplateToken[] | undefined;
  readonly end: number;
  readonly trimsRight: boolean;
}

const comment = /[ \t\r\n]*\/\*[\s\S]*?\*\/([ \t\r\n]+-)?\}\}/y;
const closing = /([ \t\r\n]+-)?\}\}/y;

function pushText(
  pieces: Piece[],
  raw: string,
  trim: { readonly start: boolean; readonly end: boolean },
): void {
  const start = trim.start ? raw.replace(/^[ \t\r\n]+/, "") : raw;
  const text = trim.end ? start.replace(/[ \t\r\n]+$/, "") : start;
  if (text !== "") pieces.push({ kind: "text", text });
}

function lexAction(source: string, at: number): LexedAction {
  comment.lastIndex = at;
  const skipped = comment.exec(source);
  if (skipped) return { tokens: undefined, end: comment.lastIndex, trimsRight: skipped[1] !== undefined };
  const tokens: TemplateToken[] = [];
  for (let i = at; i < source.length; ) {
    closing.lastIndex = i;
    const close = closing.exec(source);
    if (close) return { tokens, end: closing.lastIndex, trimsRight: close[1] !== undefined };
    const { token, end } = lexToken(source, i);
    tokens.push(token);
    i = end;
  }
  throw new TemplateSyntaxError("unclosed action");
}

const rules: readonly (readonly [TemplateToken["kind"], RegExp])[] = [
  ["space", /[ \t\r\n]+/y],
  [
    "number",
    /[+-]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+(?![0-9.eE])|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]+)?)(?![\w.])/y,
  ],
  ["variable", /\$[\p{L}\p{N}_]*/uy],
  ["field", /\.[\p{L}_][\p{L}\p{N}_]*/uy],
  ["dot", /\.(?![\p{L}\p{N}_.])/uy],
  ["word", /[\p{L}_][\p{L}\p{N}_]*/uy],
  ["char", /'(?:[^'\\\n]|\\[^\n]+?)'/y],
  ["punctuation", /:=|[=|(),]/y],
];

function lexToken(source: string, at: number): { token: TemplateToken; end: number } {
  const first = source.charAt(at);
  if (first === '"' || first === "`") {
    const quoted = readQuoted(source, at);
    if (typeof quoted === "string")
      throw new TemplateSyntaxError(
        first === '"' ? "unterminated quoted string" : "unterminated raw quoted string",
      );
    return { token: { kind: "string", text: quoted.text }, end: quoted.end };
  }
  for (const [kind, rule] of rules) {
    rule.lastIndex = at;
    const text = rule.exec(source)?.[0];
    if (text) return { token: { kind, text }, end: at + text.length };
  }
  throw new TemplateSyntaxError(`unexpected ${JSON.stringify(first)} in action`);
}
