import { formatDurationMs } from "./duration.ts";
import { parseInputStream } from "./parse-input-stream.ts";
import { parseAlertTest, parseExprTest, parseRecordingTest } from "./parse-test-case.ts";
import type { TestGroup } from "./test-file.ts";
import type { YamlNode } from "./yaml-node.ts";

const keys = [
  "name",
  "interval",
  "start_timestamp",
  "input_streams",
  "alert_rule_test",
  "recording_rule_test",
  "logql_expr_test",
  "external_labels",
  "external_url",
];

/** Parse one member of `tests`. */
export function parseTestGroup(node: YamlNode, index: number, defaultIntervalMs: number): TestGroup {
  const given = node.isMapping ? node.entries("a test") : new Map<string, YamlNode>();
  const name = given.get("name")?.text("name") ?? "";
  const test = node.as(name === "" ? `test ${index + 1}` : `test ${JSON.stringify(name)}`);
  refusePromtool(given);
  const members = test.members("a test", keys.concat(promtoolKeys));
  const intervalMs = members.get("interval")?.duration("interval") ?? defaultIntervalMs;
  const list = (key: string): YamlNode[] => members.get(key)?.items(key) ?? [];
  const alertTests = list("alert_rule_test").map(parseAlertTest);
  const recordingTests = list("recording_rule_test").map(parseRecordingTest);
  const lastMs = Math.max(0, ...[...alertTests, ...recordingTests].map(({ evalTimeMs }) => evalTimeMs));
  if (defaultIntervalMs > 0 && lastMs > maxEvaluations * defaultIntervalMs)
    test.report(tooLong(lastMs, defaultIntervalMs));
  return {
    name,
    line: node.line,
    startMs: parseStart(members.get("start_timestamp")),
    streams: list("input_streams").map((stream) => parseInputStream(stream, intervalMs)),
    externalLabels: members.get("external_labels")?.texts("external_labels") ?? {},
    externalUrl: members.get("external_url")?.text("external_url") ?? "",
    alertTests,
    recordingTests,
    exprTests: list("logql_expr_test").map(parseExprTest),
  };
}

const maxEvaluations = 1_000_000;

function tooLong(lastMs: number, intervalMs: number): string {
  const [last, interval] = [lastMs, intervalMs].map(formatDurationMs);
  return `eval_time ${last} is more than ${maxEvaluations} times the evaluation_interval of ${interval}`;
}

const promtoolKeys = ["input_series", "promql_expr_test"];

function refusePromtool(members: ReadonlyMap<string, YamlNode>): void {
  for (const key of promtoolKeys) {
    members.get(key)?.report(`${key} tests Prometheus rules: run this file with "promtool test rules"`);
  }
}

function parseStart(node: YamlNode | undefined): number {
  const value = node?.plain();
  if (!node || value === undefined) return 0;
  const ms = typeof value === "number" ? Math.round(value * 1000) : Date.parse(String(value));
  // The nanoseconds of a log line end in the year 2262.
  if (Math.abs(ms) < 9e12) return ms;
  node.report(
    `start_timestamp must be seconds since 1970 or an RFC 3339 time, not ${typeof value === "number" ? value : JSON.stringify(value)}`,
  );
  return 0;
}
