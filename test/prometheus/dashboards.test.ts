import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expandGlob, parseRuleFile } from "../../src/rules/index.ts";
import { askInstant, askRange } from "../promql/golden/compare.ts";

const dashboards = expandGlob("dashboards/grafana/*.json").map((path) => ({
  path,
  expressions: [...new Set(metricExpressions(JSON.parse(readFileSync(path, "utf8"))))],
}));

/** The expressions of every panel that asks Prometheus. */
function metricExpressions(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(metricExpressions);
  if (typeof node !== "object" || node === null) return [];
  const { expr, datasource } = node as {
    readonly expr?: unknown;
    readonly datasource?: { readonly type?: string };
  };
  const own = typeof expr === "string" && datasource?.type === "prometheus" ? [expr] : [];
  return [...own, ...Object.values(node).flatMap(metricExpressions)];
}

// What Grafana and the console put in the place of variables.
function filled(expression: string): string {
  return expression
    .replace(/\$__(?:rate_interval|interval)|\$\{__(?:rate_interval|interval)\}/g, "1m")
    .replace(/\$__range|\$\{__range\}/g, "1h")
    .replace(/\$(?:\{\w+(?::\w+)?\}|\w+)/g, ".*");
}

describe.each(dashboards.filter(({ expressions }) => expressions.length > 0))("$path", ({ expressions }) => {
  it.each(expressions)("evaluates %s", (expression) => {
    expect(askInstant(filled(expression))).toMatchObject({ status: 200 });
    expect(askRange(filled(expression))).toMatchObject({ status: 200 });
  });
});

describe.each(expandGlob("dashboards/alerts/prometheus/*.yml"))("%s", (path) => {
  const { file, problems } = parseRuleFile(readFileSync(path, "utf8"), path);

  it("is taken for PromQL, without a problem", () => {
    expect([file.language, ...problems]).toEqual(["promql"]);
  });

  it.each(file.groups.flatMap(({ rules }) => rules))("evaluates $name", ({ expr }) => {
    expect(askInstant(expr)).toMatchObject({ status: 200 });
  });
});
