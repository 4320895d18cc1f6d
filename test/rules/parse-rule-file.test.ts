import { describe, expect, it } from "vitest";
import { parseRuleFile, problemText } from "../../src/rules/index.ts";

const valid = `groups:
  - name: shop
    interval: 30s
    limit: 5
    query_offset: 10s
    labels: {team: core}
    rules:
      - alert: High5xx
        expr: |
          sum by (http_route) (
            rate({service_name="shop"} | json [5m])
          ) > 1
        for: 1m30s
        keep_firing_for: 2m
        labels: {severity: page}
        annotations: {summary: "{{ $labels.http_route }}"}
      - record: shop:rate
        expr: sum(rate({service_name="shop"}[5m]))
`;

function problems(from: string | RegExp, to: string): string[] {
  const text = valid.replace(from, to);
  if (text === valid) throw new Error(`nothing replaced by ${to}`);
  return parseRuleFile(text, "r.yml").problems.map(problemText);
}

describe("a rule file", () => {
  it("of Loki's ruler is read with its groups, rules and lines", () => {
    const { file, problems: found } = parseRuleFile(valid, "r.yml");
    expect(found).toEqual([]);
    expect(file.language).toBe("logql");
    expect(file.groups).toMatchObject([
      { name: "shop", intervalMs: 30_000, limit: 5, queryOffsetMs: 10_000 },
    ]);
    expect(file.groups[0]?.rules).toMatchObject([
      {
        kind: "alert",
        name: "High5xx",
        line: 8,
        exprLine: 10,
        forMs: 90_000,
        keepFiringForMs: 120_000,
        labels: { team: "core", severity: "page" },
      },
      { kind: "record", name: "shop:rate", line: 17, labels: { team: "core" } },
    ]);
  });

  it.each([
    'up{job="x"} == 0',
    "rate(http_requests_total[5m]) > 1",
    'histogram_quantile(0.99, sum by (le) (rate(x_bucket{a="{"}[5m])))',
  ])("of Prometheus is known by its expressions: %s", (expr) => {
    const text = `groups: [{name: g, rules: [{alert: A, expr: '${expr}'}]}]`;
    const { file, problems: found } = parseRuleFile(text, "r.yml");
    expect([file.language, found]).toEqual(["promql", []]);
  });

  it("may take keys of another mapping over by <<, as for promtool", () => {
    const text =
      "groups:\n  - name: g\n    rules:\n      - &a {alert: A, expr: vector(1), labels: &l {severity: page}}\n" +
      "      - <<: *a\n        for: 1m\n        labels: {<<: *l, team: b}\n        alert: B\n" +
      "      - {<<: [*a], expr: vector(2)}\n";
    const { file, problems: found } = parseRuleFile(text, "r.yml");
    expect(found).toEqual([]);
    expect(file.groups[0]?.rules).toMatchObject([
      { name: "A", expr: "vector(1)", labels: { severity: "page" } },
      { name: "B", expr: "vector(1)", forMs: 60_000, labels: { severity: "page", team: "b" } },
      { name: "A", expr: "vector(2)" },
    ]);
  });

  it("that takes itself over by << ends", () => {
    const { problems: found } = parseRuleFile(
      "groups: [&g {<<: *g, name: g, rules: [&r {<<: [*r, *g], alert: A}]}]",
      "r.yml",
    );
    expect(found.map(problemText)).toContain('r.yml:1: group "g", rule "A": a rule needs expr');
  });

  const high = 'group "shop", rule "High5xx"';
  it.each([
    ["name: shop", "name: ''", "r.yml:2: a group needs a name"],
    [
      "rules:",
      "rulez:",
      'r.yml:7: group "shop": unknown key rulez in a group; allowed: name, interval, limit, query_offset, labels, rules, remote_write',
    ],
    [
      "interval: 30s",
      "interval: 30 s",
      'r.yml:3: group "shop": interval must be a duration like 30s, 5m or 1h30m, not "30 s"',
    ],
    ["limit: 5", "limit: five", 'r.yml:4: group "shop": limit must be a whole number, not "five"'],
    ["alert: High5xx", "alert: ''", 'r.yml:8: group "shop", rule 1: alert must not be empty'],
    ["alert: High5xx", "alarm: High5xx", 'r.yml:8: group "shop", rule 1: a rule needs alert or record'],
    [
      "alert: High5xx",
      "alert: High5xx\n        record: x",
      'r.yml:8: group "shop", rule 1: a rule has alert or record, not both',
    ],
    [
      "for: 1m30s",
      "for: soon",
      `r.yml:13: ${high}: for must be a duration like 30s, 5m or 1h30m, not "soon"`,
    ],
    [
      "for: 1m30s",
      "fro: 1m30s",
      `r.yml:13: ${high}: unknown key fro in an alerting rule; allowed: alert, expr, for, keep_firing_for, labels, annotations`,
    ],
    [
      "[5m])\n          )",
      "[5x])\n          )",
      `r.yml:11: ${high}: expr: parse error at line 2, col 38: syntax error: unexpected "5", expecting duration`,
    ],
    [
      /expr: \|[\s\S]*?> 1/,
      "expr: '{service_name=\"shop\"}'",
      `r.yml:9: ${high}: expr selects log lines; a rule needs a metric query, such as count_over_time(… [5m]) > 0`,
    ],
    ["{severity: page}", "{severity-x: page}", `r.yml:15: ${high}: "severity-x" is no label name`],
    ["{severity: page}", "{alertname: page}", `r.yml:15: ${high}: a rule can't set alertname`],
    [
      "$labels.http_route }}",
      "$labls.http_route }}",
      `r.yml:16: ${high}: annotation summary: template: undefined variable "$labls"`,
    ],
    [
      "$labels.http_route }}",
      "nosuch }}",
      `r.yml:16: ${high}: annotation summary: template: function "nosuch" not defined`,
    ],
    [
      "record: shop:rate",
      "record: shop rate",
      'r.yml:17: group "shop", rule "shop rate": "shop rate" is no metric name',
    ],
    [
      "record: shop:rate",
      "record: shop:rate\n        for: 1m",
      'r.yml:18: group "shop", rule "shop:rate": unknown key for in a recording rule; allowed: record, expr, labels',
    ],
    ["groups:", "groups: 5\nother:", "r.yml:2: unknown key other in a rule file; allowed: groups, namespace"],
  ])("with %s as %s is refused at its place", (from, to, message) => {
    expect(problems(from, to)).toContain(message);
  });

  it("with two groups of one name is refused", () => {
    const { problems: found } = parseRuleFile("groups: [{name: g}, {name: g}]", "r.yml");
    expect(found.map(problemText)).toEqual(['r.yml:1: group "g" stands twice in this file']);
  });
});
