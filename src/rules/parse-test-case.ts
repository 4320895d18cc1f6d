import { parseLabels } from "./parse-input-stream.ts";
import type {
  AlertTest,
  ExpectedAlert,
  ExpectedLog,
  ExpectedSample,
  ExprTest,
  RecordingTest,
} from "./test-file.ts";
import type { YamlNode } from "./yaml-node.ts";

/** Parse one member of `alert_rule_test`. */
export function parseAlertTest(node: YamlNode): AlertTest {
  const members = node.members("an alert test", ["alertname", "eval_time", "exp_alerts"]);
  const alertname = members.get("alertname")?.text("alertname") ?? "";
  if (!members.has("alertname")) node.report("an alert test needs alertname");
  const alerts = (members.get("exp_alerts")?.items("exp_alerts") ?? []).map(parseAlert);
  return { line: node.line, evalTimeMs: evalTime(node, members), alertname, alerts };
}

/** Parse one member of `recording_rule_test`. */
export function parseRecordingTest(node: YamlNode): RecordingTest {
  const members = node.members("a recording rule test", ["record", "eval_time", "exp_samples", "exp_empty"]);
  const record = members.get("record")?.text("record") ?? "";
  if (!members.has("record")) node.report("a recording rule test needs record");
  return {
    line: node.line,
    evalTimeMs: evalTime(node, members),
    record,
    samples: expectedSamples(node, members),
  };
}

/** Parse one member of `logql_expr_test`. */
export function parseExprTest(node: YamlNode): ExprTest {
  const allowed = ["expr", "eval_time", "exp_samples", "exp_empty", "exp_logs", "exp_error"];
  const members = node.members("an expression test", allowed);
  const expr = members.get("expr")?.text("expr") ?? "";
  if (!members.has("expr")) node.report("an expression test needs expr");
  const kinds = ["exp_samples", "exp_logs", "exp_error"].filter((key) => members.has(key));
  if (kinds.length > 1) node.report(`an expression test has only one of ${kinds.join(", ")}`);
  return {
    line: node.line,
    evalTimeMs: evalTime(node, members),
    expr,
    samples: expectedSamples(node, members),
    logs: members.get("exp_logs")?.items("exp_logs").map(parseLog),
    error: members.get("exp_error")?.text("exp_error"),
  };
}

function evalTime(node: YamlNode, members: ReadonlyMap<string, YamlNode>): number {
  const time = members.get("eval_time");
  if (!time) node.report("a test case needs eval_time");
  return time?.duration("eval_time") ?? 0;
}

function parseAlert(node: YamlNode): ExpectedAlert {
  const members = node.members("an expected alert", ["exp_labels", "exp_annotations"]);
  return {
    labels: members.get("exp_labels")?.texts("exp_labels") ?? {},
    annotations: members.get("exp_annotations")?.texts("exp_annotations") ?? {},
  };
}

function expectedSamples(node: YamlNode, members: ReadonlyMap<string, YamlNode>): ExpectedSample[] {
  const samples = members.get("exp_samples")?.items("exp_samples") ?? [];
  const empty = members.get("exp_empty")?.boolean("exp_empty");
  if (empty && samples.length > 0) node.report("exp_empty contradicts exp_samples");
  if (empty === false && samples.length === 0) node.report("exp_empty: false needs exp_samples");
  return samples.map(parseSample);
}

function parseSample(node: YamlNode): ExpectedSample {
  const members = node.members("an expected sample", ["labels", "value"]);
  if (!members.has("value")) node.report("an expected sample needs value");
  return {
    labels: parseLabels(members.get("labels"), "labels"),
    value: members.get("value")?.number("value") ?? 0,
  };
}

function parseLog(node: YamlNode): ExpectedLog {
  const members = node.members("an expected log line", ["labels", "line", "timestamp"]);
  const timestamp = members.get("timestamp")?.text("timestamp");
  if (timestamp !== undefined && !/^-?\d+$/.test(timestamp)) {
    members.get("timestamp")?.report("timestamp must be nanoseconds in digits");
  }
  return {
    labels: parseLabels(members.get("labels"), "labels"),
    line: members.get("line")?.text("line") ?? "",
    timestamp,
  };
}
