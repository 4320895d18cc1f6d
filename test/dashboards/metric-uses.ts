import { readFileSync } from "node:fs";
import { childrenOf, type Expression, parsePromql } from "../../src/promql/index.ts";
import { expandGlob, parseRuleFile, type Rule } from "../../src/rules/index.ts";

/** A PromQL expression that is shipped, and where it stands. */
export interface MetricQuery {
  readonly where: string;
  readonly expr: string;
}

/** Every metric expression of every dashboard: panels, annotations, and the selectors that variables take their values from. */
export function dashboardQueries(): MetricQuery[] {
  return expandGlob("dashboards/grafana/*.json").flatMap((path) => {
    const dashboard: unknown = JSON.parse(readFileSync(path, "utf8"));
    return expressionsIn(dashboard).map((expr) => ({ where: path, expr: filled(expr) }));
  });
}

/** Every expression of the rules for Prometheus. */
export function ruleQueries(): MetricQuery[] {
  return rulesIn("prometheus").map(({ file, name, expr }) => ({ where: `${file}: ${name}`, expr }));
}

/** Every query that a runbook has somebody ask Prometheus. */
export function runbookQueries(): MetricQuery[] {
  return expandGlob("dashboards/runbooks/*.md").flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/```promql\n([\s\S]+?)```/g)].map(([, expr = ""]) => ({
      where: path,
      expr,
    })),
  );
}

/** The series that rules make: Prometheus' own, and those that Loki's ruler writes to it. */
export function recordedNames(): Set<string> {
  return new Set(
    [...rulesIn("prometheus"), ...rulesIn("loki")].flatMap(({ kind, name }) =>
      kind === "record" ? [name] : [],
    ),
  );
}

/** The names of the metrics that a query asks for, as its parsed tree has them; a pattern for names is not allowed. */
export function metricNames(expr: string): Set<string> {
  const names = new Set<string>();
  const visit = (node: Expression): void => {
    if (node.kind === "selector") {
      const matcher = node.matchers.find(({ name }) => name === "__name__");
      if (matcher?.operator !== "=") throw new Error(`${expr} selects series without their metric's name`);
      names.add(matcher.value);
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(parsePromql(expr));
  return names;
}

/** The metrics that queries ask for and nothing shows, with each place that asks. */
export function missingMetrics(queries: readonly MetricQuery[], shown: ReadonlySet<string>): string[] {
  return queries.flatMap(({ where, expr }) =>
    [...metricNames(expr)].filter((name) => !shown.has(name)).map((name) => `${where}: ${name}`),
  );
}

function rulesIn(engine: "loki" | "prometheus"): readonly Rule[] {
  return expandGlob(`dashboards/alerts/${engine}/*.yml`).flatMap((path) =>
    parseRuleFile(readFileSync(path, "utf8"), path).file.groups.flatMap(({ rules }) => rules),
  );
}

function expressionsIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const { expr, query, datasource } = node as {
    readonly expr?: unknown;
    readonly query?: { readonly query?: unknown };
    readonly datasource?: { readonly type?: string };
  };
  const isOurs = datasource?.type === "prometheus";
  const own = isOurs && typeof expr === "string" ? [expr] : [];
  const values = isOurs && typeof query?.query === "string" ? [labelValuesOf(query.query)] : [];
  return [...own, ...values, ...Object.values(node).flatMap(expressionsIn)];
}

// label_values is Grafana's own: a selector, a comma, and the label.
function labelValuesOf(query: string): string {
  const [, selector] = /^label_values\((.+), \w+\)$/.exec(query) ?? [];
  if (selector === undefined) throw new Error(`${query} is no label_values(SELECTOR, LABEL)`);
  return selector;
}

// What Grafana puts in the place of variables.
function filled(expr: string): string {
  return expr
    .replace(/\$__(?:rate_interval|interval)/g, "1m")
    .replace(/\$__range/g, "1h")
    .replace(/\$\{?\w+(?::\w+)?\}?/g, ".*");
}
