import type { Aggregation, Expression, Grouping } from "./ast.ts";
import type { PromqlCursor } from "./cursor.ts";
import { aggregations, refusedAggregations } from "./functions.ts";
import { parseLabelNames } from "./parse-matching.ts";

/** Read `sum by (a) (…)` or `sum(…) by (a)`, with the parameter of those that take one. */
export function parseAggregation(cursor: PromqlCursor, inner: () => Expression): Aggregation {
  const { offset } = cursor.token;
  const operation = cursor.next().text.toLowerCase();
  const refused = refusedAggregations.get(operation);
  if (refused) throw cursor.refusal(refused, offset);
  const before = parseGrouping(cursor);
  cursor.expect("(", "aggregation");
  const args = cursor.list(")", "aggregation", inner);
  const grouping = before ?? parseGrouping(cursor) ?? { without: false, names: [] };
  const wanted = aggregations.get(operation) ? 2 : 1;
  const [first, second] = args;
  if (!first || args.length !== wanted) {
    throw cursor.error(
      `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${args.length}`,
      offset,
    );
  }
  return second
    ? { kind: "aggregation", operation, parameter: first, inner: second, grouping, offset }
    : { kind: "aggregation", operation, parameter: undefined, inner: first, grouping, offset };
}

function parseGrouping(cursor: PromqlCursor): Grouping | undefined {
  const { symbol } = cursor;
  if (symbol !== "by" && symbol !== "without") return undefined;
  cursor.next();
  return { without: symbol === "without", names: parseLabelNames(cursor, "grouping opts") };
}
