import { PromqlError, parsePromql } from "../promql/index.ts";

/** What is wrong with an expression; nothing where it is PromQL, be it that only Prometheus itself can evaluate it. */
export function promqlProblem(
  expression: string,
): { readonly message: string; readonly line: number } | undefined {
  try {
    parsePromql(expression);
    return undefined;
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error;
    return error.kind === "parse" ? { message: error.message, line: error.position?.line ?? 1 } : undefined;
  }
}

/**
 * Whether the expressions of a rule file are PromQL. Both languages share one file format, and the text tells them apart:
 * PromQL puts the name of a metric before the brace, where LogQL has a selector alone.
 */
export function isPromql(expressions: readonly string[]): boolean {
  const plain = expressions.map(withoutStrings).filter((text) => text.trim() !== "");
  return plain.some(namesMetric) && !plain.some(selectsStreams);
}

function withoutStrings(expression: string): string {
  return expression.replace(/#[^\n]*/g, "").replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, '""');
}

function namesMetric(text: string): boolean {
  return /[A-Za-z0-9_:]\s*\{/.test(text) || (!text.includes("{") && !/^\s*vector\s*\(/.test(text));
}

function selectsStreams(text: string): boolean {
  return /(?:^|[^A-Za-z0-9_:\s])\s*\{/.test(text);
}
