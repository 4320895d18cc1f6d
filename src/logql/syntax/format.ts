import type { Expression, LogExpression, Matcher, MetricExpression, RangeAggregation } from "./ast.ts";
import { formatDuration } from "./format-duration.ts";
import { formatBinary, formatGrouping } from "./format-metric.ts";
import { formatStage } from "./format-stage.ts";
import { parse } from "./parse.ts";
import { quote } from "./quoted.ts";

/**
 * Write a query in its one canonical form: on a line, names and operators spaced alike, no needless parentheses.
 * @throws LogqlError when the text is no valid query.
 * @example format('sum( rate({app="shop"}[60s]))by(level)') // sum by (level) (rate({app="shop"}[1m]))
 */
export function format(query: string | Expression): string {
  return formatExpression(typeof query === "string" ? parse(query) : query);
}

/** Write any node of the tree that is an expression. */
function formatExpression(expression: Expression): string {
  return expression.kind === "log" ? formatLog(expression) : formatMetric(expression);
}

function formatLog({ selector, stages }: LogExpression): string {
  return [formatSelector(selector), ...stages.map(formatStage)].join(" ");
}

function formatSelector(selector: readonly Matcher[]): string {
  return `{${selector.map(({ name, operator, value }) => `${name}${operator}${quote(value)}`).join(", ")}}`;
}

function formatMetric(node: MetricExpression): string {
  switch (node.kind) {
    case "number":
      return String(node.value);
    case "vector-literal":
      return `vector(${node.value})`;
    case "range":
      return formatRange(node);
    case "vector": {
      const parameter = node.parameter === undefined ? "" : `${node.parameter}, `;
      const grouping = node.grouping ? ` ${formatGrouping(node.grouping)} ` : "";
      return `${node.operation}${grouping}(${parameter}${formatMetric(node.inner)})`;
    }
    case "binary":
      return formatBinary(node, formatMetric);
    case "label_replace": {
      const texts = [node.destination, node.replacement, node.source, node.regex].map(quote);
      return `label_replace(${[formatMetric(node.inner), ...texts].join(", ")})`;
    }
  }
}

function formatRange(node: RangeAggregation): string {
  const parameter = node.parameter === undefined ? "" : `${node.parameter}, `;
  const space = node.log.stages.length > 0 ? " " : "";
  const offset = node.offsetNs === 0 ? "" : ` offset ${formatDuration(node.offsetNs)}`;
  const grouping = node.grouping ? ` ${formatGrouping(node.grouping)}` : "";
  return `${node.operation}(${parameter}${formatLog(node.log)}${space}[${formatDuration(node.rangeNs)}]${offset})${grouping}`;
}
