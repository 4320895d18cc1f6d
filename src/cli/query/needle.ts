import type { Expression, LogExpression, MetricExpression } from "../../logql/index.ts";

/**
 * Bytes that every line holds which the query can use; undefined when there are none to tell by. They let the reader
 * pass over all other lines before it decodes them.
 */
export function needleOf(expression: Expression): Buffer | undefined {
  const needles = new Set(pipelinesOf(expression).map(longestFilter));
  const [only] = needles;
  return needles.size === 1 && only !== undefined && only !== "" ? Buffer.from(only) : undefined;
}

/** The log queries within an expression. */
export function pipelinesOf(expression: Expression): LogExpression[] {
  return expression.kind === "log" ? [expression] : leaves(expression).map(({ log }) => log);
}

/** How far before its evaluation a query looks, in nanoseconds. */
export function lookbackNs(expression: Expression): number {
  if (expression.kind === "log") return 0;
  return Math.max(0, ...leaves(expression).map(({ rangeNs, offsetNs }) => rangeNs + offsetNs));
}

function leaves(expression: MetricExpression): Extract<MetricExpression, { kind: "range" }>[] {
  switch (expression.kind) {
    case "range":
      return [expression];
    case "binary":
      return [...leaves(expression.left), ...leaves(expression.right)];
    case "vector":
    case "label_replace":
      return leaves(expression.inner);
    default:
      return [];
  }
}

// Only a filter before any stage that writes the line anew speaks of the line as it stands in the file.
function longestFilter({ stages }: LogExpression): string {
  let longest = "";
  for (const stage of stages) {
    if (["line_format", "decolorize", "unpack"].includes(stage.kind)) break;
    if (stage.kind !== "line-filter" || stage.operator !== "|=" || stage.values.length !== 1) continue;
    const [value] = stage.values;
    if (value && !value.ip && !/[\r\n]/.test(value.text) && value.text.length > longest.length)
      longest = value.text;
  }
  return longest;
}
