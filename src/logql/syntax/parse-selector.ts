import type { Matcher, MatchOperator } from "./ast.ts";
import type { Cursor } from "./cursor.ts";

/** Parse `{name="value", …}`. */
export function parseSelector(cursor: Cursor): Matcher[] {
  cursor.expect("{");
  const matchers: Matcher[] = [];
  while (!cursor.is("}")) {
    matchers.push(parseMatcher(cursor));
    if (!cursor.skip(",")) break;
  }
  cursor.expect("}");
  return matchers;
}

/** Parse `name="value"` with any of the four operators. */
export function parseMatcher(cursor: Cursor): Matcher {
  const name = parseLabelName(cursor);
  const operator = matchOperators.get(cursor.token.text);
  if (!operator || cursor.token.kind !== "punctuation") throw cursor.unexpected('"=", "!=", "=~" or "!~"');
  cursor.next();
  const value = cursor.expectKind("string");
  return { name: name.text, operator, value: value.text, offset: name.offset };
}

/** Read a label name; any word of the language may be one. */
export function parseLabelName(cursor: Cursor): { readonly text: string; readonly offset: number } {
  const token = cursor.expectKind("identifier");
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(token.text)) {
    throw cursor.error(`syntax error: ${JSON.stringify(token.text)} is no label name`, token.offset);
  }
  return token;
}

/** Parse `(name, name)`; it may be empty. */
export function parseNames(cursor: Cursor): string[] {
  cursor.expect("(");
  const names: string[] = [];
  while (!cursor.is(")")) {
    names.push(parseLabelName(cursor).text);
    if (!cursor.skip(",")) break;
  }
  cursor.expect(")");
  return names;
}

const matchOperators: ReadonlyMap<string, MatchOperator> = new Map([
  ["=", "="],
  ["!=", "!="],
  ["=~", "=~"],
  ["!~", "!~"],
]);
