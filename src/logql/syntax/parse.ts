import { LogqlError, positionAt } from "../errors.ts";
import type { Expression } from "./ast.ts";
import { checkExpression } from "./check.ts";
import { Cursor } from "./cursor.ts";
import { parseExpression } from "./parse-metric.ts";

/**
 * Parse a LogQL query and check every rule that needs no data: groupings, unwraps, regular expressions, templates.
 * @throws LogqlError with the position of what is wrong.
 * @example parse('sum by (level) (rate({app="shop"} | json [1m]))')
 * @see https://grafana.com/docs/loki/latest/query/
 */
export function parse(source: string): Expression {
  if (source.length > maxQueryLength) {
    throw new LogqlError(
      "parse",
      `the query is longer than ${maxQueryLength} characters`,
      positionAt(source, maxQueryLength),
    );
  }
  const cursor = new Cursor(source);
  const expression = parseExpression(cursor);
  if (cursor.token.kind !== "end") throw cursor.unexpected();
  checkExpression(expression, cursor);
  return expression;
}

/** Loki's own limit on the text of a query. */
const maxQueryLength = 131_072;
