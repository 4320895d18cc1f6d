import type { Matcher, MatchOperator } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { reservedWords } from "./operations.ts";

/** Parse `{name="value", …}`. */
export function parseSelector(cursor: Cursor): Matcher[] {
  cursor.expect("{");
  const matchers: Matcher[] = [];
  if (!cursor.is("}")) {
    do matchers.push(parseMatcher(cursor));
    while (cursor.skip(","));
  }
  cursor.expect("}");
  return matchers;
}

/** Parse `name="value"` with any of the four operators. */
export function parseMatcher(cursor: Cursor): Matcher {
  const name = parseLabelName(cursor);
  // Only a matcher asks for the names that Prometheus allows.
  if (!/^[A-Za-z0-9_]+$/.test(name.text))
    throw cursor.error(`syntax error: unexpected ${name.text}`, name.offset);
  const operator = matchOperators.get(cursor.token.text);
  if (!operator || cursor.token.kind !== "punctuation") throw cursor.unexpected('"=", "!=", "=~" or "!~"');
  cursor.next();
  const value = cursor.expectKind("string");
  return { name: name.text, operator, value: value.text, offset: name.offset };
}

/** Read a label name. Words that only Loki's grammar uses are refused; names of functions are not. */
export function parseLabelName(cursor: Cursor): { readonly text: string; readonly offset: number } {
  const token = cursor.expectKind("identifier");
  if (reservedWords.has(token.text)) {
    throw cursor.error(
      `syntax error: unexpected ${token.text}, a reserved word is no label name`,
      token.offset,
    );
  }
  if (!/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(token.text)) {
    throw cursor.error(`syntax error: ${JSON.stringify(token.text)} is no label name`, token.offset);
  }
  return token;
}

/** Parse `(name, name)`; it may be empty. */
export function parseNames(cursor: Cursor): string[] {
  cursor.expect("(");
  const names: string[] = [];
  if (!cursor.is(")")) {
    do names.push(parseLabelName(cursor).text);
    while (cursor.skip(","));
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
