import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Dashboard, Variable } from "../../dashboards/source/model/model.ts";
import { parse } from "../../src/logql/index.ts";
import { expandGlob } from "../../src/rules/index.ts";

const dashboards = expandGlob("dashboards/grafana/*.json").map((path) => ({
  path,
  dashboard: JSON.parse(readFileSync(path, "utf8")) as Dashboard,
}));

describe.each(dashboards)("$path, with All chosen everywhere", ({ dashboard }) => {
  const queries = [...new Set(logQueries(dashboard))].map((query) =>
    filled(query, dashboard.templating.list),
  );

  // Loki refuses a selector of which every matcher takes the empty value.
  it("asks Loki nothing that it refuses", () => {
    expect(queries.length).toBeGreaterThan(0);
    expect(queries.filter((query) => !parses(query))).toEqual([]);
  });
});

function parses(query: string): boolean {
  try {
    parse(query);
    return true;
  } catch {
    return false;
  }
}

function logQueries(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(logQueries);
  if (typeof node !== "object" || node === null) return [];
  const { expr, datasource } = node as {
    readonly expr?: unknown;
    readonly datasource?: { readonly type?: string };
  };
  const own = typeof expr === "string" && datasource?.type === "loki" ? [expr] : [];
  return [...own, ...Object.values(node).flatMap(logQueries)];
}

function filled(query: string, variables: readonly Variable[]): string {
  const values = new Map(variables.map(({ name, allValue, current }) => [name, allValue ?? current.value]));
  return query
    .replace(/\$__(?:auto|interval|range)|\$\{__(?:auto|interval|range)\}/g, "1m")
    .replace(/\$(?:\{(\w+)(?::\w+)?\}|(\w+))/g, (_, braced, bare) => values.get(braced ?? bare) ?? "");
}
