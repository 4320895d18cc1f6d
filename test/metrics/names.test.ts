import { readFileSync } from "node:fs";
import client from "prom-client";
import { expect, test } from "vitest";
import { metricDefinitions } from "../../src/metrics/names.ts";
import { openMetrics } from "./fixtures.ts";

const definitions = Object.entries(metricDefinitions);

test("every metric in the table is exposed, and every exposed one is in the table", () => {
  const metrics = openMetrics({ runtime: true, bodySizes: true });
  const exposed = metrics.registry.getMetricsAsArray().map(({ name }) => name);
  expect(exposed.sort()).toEqual(definitions.map(([name]) => name).sort());
});

test("a unit is the name's last word but for _total, as both formats ask", () => {
  for (const [name, { unit, type }] of definitions) {
    const stem = type === "counter" ? name.replace(/_total$/, "") : name;
    if (unit !== "") expect(stem).toMatch(new RegExp(`_${unit}$`));
    expect(name.endsWith("_total")).toBe(type === "counter");
  }
});

test("a conventional name is the translation of OpenTelemetry's", () => {
  for (const [name, { convention, unit, type }] of definitions) {
    if (convention === undefined) continue;
    const suffix = (unit === "" ? "" : `_${unit}`) + (type === "counter" ? "_total" : "");
    expect(name).toBe(convention.replaceAll(".", "_") + suffix);
  }
});

test("no name is one of prom-client's default metrics", () => {
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry });
  const theirs = new Set(registry.getMetricsAsArray().map(({ name }) => name));
  expect(definitions.filter(([name]) => theirs.has(name))).toEqual([]);
});

test("the duration buckets are OpenTelemetry's advice", () => {
  expect(metricDefinitions.http_server_request_duration_seconds.buckets).toEqual([
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
  ]);
});

test("docs/metrics.md has the table, row for row", () => {
  const page = readFileSync(new URL("../../docs/metrics.md", import.meta.url), "utf8");
  const single = (text: string): string => text.replace(/ +/g, " ");
  const rows = page
    .split("\n")
    .map(single)
    .filter((line) => /^\| `\w+` \| (counter|gauge|histogram) /.test(line));
  const expected = definitions.map(([name, { type, labels, part, convention, help }]) => {
    const labelText = labels.map((label) => `\`${label}\``).join(" ");
    return single(`| \`${name}\` | ${type} | ${labelText} | ${part} | ${convention ?? ""} | ${help} |`);
  });
  expect(rows).toEqual(expected);
});
