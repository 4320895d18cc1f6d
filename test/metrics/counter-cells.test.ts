import { expect, test } from "vitest";
import { CounterCells } from "../../src/metrics/counter-cells.ts";
import { LabelSetLimit, type MetricsProblem } from "../../src/metrics/label-set-limit.ts";

test("increments add up by label value, from the initial zeros on", () => {
  const limit = new LabelSetLimit("log_messages_total", { maxLabelSets: 10, report: () => {} });
  const cells = new CounterCells({ labelName: "level", limit, initial: ["info", "warn"] });
  cells.increment("info");
  cells.increment("info");
  cells.increment("audit");
  expect(cells.samples()).toEqual([
    { labels: { level: "info" }, value: 2 },
    { labels: { level: "warn" }, value: 0 },
    { labels: { level: "audit" }, value: 1 },
  ]);
  cells.reset();
  expect(cells.samples()).toEqual([
    { labels: { level: "info" }, value: 0 },
    { labels: { level: "warn" }, value: 0 },
  ]);
});

test("past the limit one overflow series counts on, and it is said once", () => {
  const problems: MetricsProblem[] = [];
  const limit = new LabelSetLimit("http_server_client_errors_total", {
    maxLabelSets: 3,
    report: (problem) => problems.push(problem),
  });
  const cells = new CounterCells({ labelName: "error_type", limit });
  for (const value of ["a", "b", "c", "d", "d", "a"]) cells.increment(value);
  expect(cells.samples()).toEqual([
    { labels: { error_type: "a" }, value: 2 },
    { labels: { error_type: "b" }, value: 1 },
    { labels: { otel_metric_overflow: "true" }, value: 3 },
  ]);
  expect(limit.overflowed).toBe(3);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.fields).toEqual({ metric_name: "http_server_client_errors_total", max_label_sets: 3 });
});
