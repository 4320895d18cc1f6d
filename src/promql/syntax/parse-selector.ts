import { compileRe2, RegexSyntaxError } from "../../logql/parts.ts";
import type { Matcher, VectorSelector } from "./ast.ts";
import type { PromqlCursor } from "./cursor.ts";

/** Read `name`, `name{…}` or `{…}`. A name that is no plain word stands quoted within the braces. */
export function parseSelector(cursor: PromqlCursor): VectorSelector {
  const { offset } = cursor.token;
  const matchers: Matcher[] = [];
  if (cursor.token.kind === "word") matchers.push(nameMatcher(cursor, cursor.next().text, offset));
  if (cursor.skip("{")) {
    for (const matcher of cursor.list("}", "label matching", () => parseMatcher(cursor))) {
      checkName(cursor, matchers, matcher);
      matchers.push(matcher);
    }
  }
  if (matchers.every(({ matches }) => matches(""))) {
    throw cursor.error("vector selector must contain at least one non-empty matcher", offset);
  }
  return { kind: "selector", matchers, offsetMs: 0, at: undefined, offset };
}

/** Build the test of a matcher; regular expressions match the whole value, and `.` a newline too. */
export function matcherOf(operator: Matcher["operator"], value: string): Matcher["matches"] {
  if (operator === "=") return (text) => text === value;
  if (operator === "!=") return (text) => text !== value;
  const regex = compileRe2(value, { anchored: true, dotAll: true });
  return operator === "=~" ? (text) => regex.test(text) : (text) => !regex.test(text);
}

function nameMatcher(cursor: PromqlCursor, name: string, offset: number): Matcher {
  if (name === "") throw cursor.error("the name of a metric must not be empty", offset);
  return { name: "__name__", operator: "=", value: name, matches: matcherOf("=", name), offset };
}

const operators: ReadonlySet<string> = new Set(["=", "!=", "=~", "!~"]);

function parseMatcher(cursor: PromqlCursor): Matcher {
  const { kind, text: name, offset } = cursor.token;
  if (kind !== "word" && kind !== "string") throw cursor.unexpected("label matching", "a label's name");
  cursor.next();
  const operator = cursor.symbol ?? "";
  if (!operators.has(operator)) {
    if (kind === "string") return nameMatcher(cursor, name, offset);
    throw cursor.unexpected("label matching", "one of = != =~ !~");
  }
  cursor.next();
  const value = cursor.token;
  if (value.kind !== "string") throw cursor.unexpected("label matching", "a string");
  cursor.next();
  try {
    const checked = operator as Matcher["operator"];
    return { name, operator: checked, value: value.text, matches: matcherOf(checked, value.text), offset };
  } catch (error) {
    if (error instanceof RegexSyntaxError) throw cursor.error(error.message, value.offset);
    throw error;
  }
}

function checkName(cursor: PromqlCursor, known: readonly Matcher[], matcher: Matcher): void {
  const isName = ({ name, operator }: Matcher): boolean => name === "__name__" && operator === "=";
  const before = known.find(isName);
  if (before && isName(matcher)) {
    throw cursor.error(
      `metric name must not be set twice: ${JSON.stringify(before.value)} or ${JSON.stringify(matcher.value)}`,
      matcher.offset,
    );
  }
}
