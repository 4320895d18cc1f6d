import { comparisonOperators, setOperators } from "../../logql/parts.ts";
import type { BinaryOperation, VectorMatching } from "./ast.ts";
import type { PromqlCursor } from "./cursor.ts";

/** Read what may stand between an operator and its right side: bool, on or ignoring, group_left or group_right. */
export function parseBinaryModifiers(
  cursor: PromqlCursor,
  operator: string,
): Pick<BinaryOperation, "bool" | "matching"> {
  const { offset } = cursor.token;
  const bool = cursor.skip("bool");
  if (bool && !comparisonOperators.has(operator)) {
    throw cursor.error("bool modifier can only be used on comparison operators", offset);
  }
  const matching = parseMatching(cursor, operator);
  if (cursor.symbol?.startsWith("fill") && cursor.symbolAhead(1) === "(")
    throw cursor.refusal(`${cursor.token.text} is experimental`, cursor.token.offset);
  return { bool, matching };
}

/** Read a list of label names in parentheses. */
export function parseLabelNames(cursor: PromqlCursor, where: string): string[] {
  cursor.expect("(", where);
  return cursor.list(")", where, () => {
    const { kind, text } = cursor.token;
    const isName = kind === "string" ? text !== "" : kind === "word" && !text.includes(":");
    if (!isName) throw cursor.unexpected(where, "a label's name");
    return cursor.next().text;
  });
}

function parseMatching(cursor: PromqlCursor, operator: string): VectorMatching | undefined {
  const { symbol } = cursor;
  if (symbol !== "on" && symbol !== "ignoring") {
    if (symbol === "group_left" || symbol === "group_right")
      throw cursor.unexpected("a binary expression", "on(…) or ignoring(…) before it");
    return undefined;
  }
  cursor.next();
  const names = parseLabelNames(cursor, "grouping opts");
  const on = symbol === "on";
  const group = cursor.symbol;
  if (group !== "group_left" && group !== "group_right")
    return { on, names, cardinality: "one-to-one", include: [] };
  const { offset } = cursor.next();
  const include = cursor.symbol === "(" ? parseLabelNames(cursor, "grouping opts") : [];
  const both = on ? include.find((name) => names.includes(name)) : undefined;
  if (both !== undefined) {
    throw cursor.error(`label ${JSON.stringify(both)} must not occur in ON and GROUP clause at once`, offset);
  }
  if (setOperators.has(operator))
    throw cursor.error(`no grouping allowed for ${JSON.stringify(operator)} operation`, offset);
  return { on, names, cardinality: group === "group_left" ? "many-to-one" : "one-to-many", include };
}
