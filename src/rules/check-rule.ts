import { format } from "../logql/index.ts";
import type { Alert } from "./alert-state.ts";
import { sameAlerts, sameSamples } from "./compare.ts";
import type { CoverageLog } from "./coverage.ts";
import { formatDurationMs } from "./duration.ts";
import type { AlertingRule } from "./rule-file.ts";
import type { RuleRun } from "./rule-run.ts";
import type { AlertTest, RecordingTest, TestFile } from "./test-file.ts";
import type { Failure } from "./test-report.ts";

/** Compare the alerts that fire now with those a case expects. */
export function checkAlert(test: AlertTest, run: RuleRun, coverage: CoverageLog): Failure[] {
  const { alertname, evalTimeMs: timeMs, line } = test;
  const found = run.alertsOf(alertname);
  const expected = test.alerts.map(({ labels, annotations }) => ({
    labels: { ...labels, alertname },
    annotations,
  }));
  const firing = found.map(({ alerts }) => alerts.filter(({ state }) => state === "firing"));
  const got = firing
    .flat()
    .map(({ labels, annotations }) => ({ labels, annotations: nonEmpty(annotations) }));
  const wanted = expected.map((alert) => ({ ...alert, annotations: nonEmpty(alert.annotations) }));
  if (found.length > 0 && sameAlerts(wanted, got)) {
    found.forEach(({ rule }, i) => {
      coverage.note(rule, (firing[i]?.length ?? 0) > 0);
    });
    return [];
  }
  const notes =
    found.length === 0 ? ["no rule file has an alert of this name"] : found.flatMap(explain(test));
  return [{ kind: "alert", line, alertname, timeMs, expected: wanted, got, notes }];
}

/** Compare the series a recording rule gives now with those a case expects. */
export function checkRecording(
  test: RecordingTest,
  run: RuleRun,
  { coverage, file }: { readonly coverage: CoverageLog; readonly file: TestFile },
): Failure[] {
  const found = run.samplesOf(test.record);
  const got = found.flatMap(({ samples }) => samples);
  const expected = test.samples.map(({ labels, value }) => ({
    labels: { __name__: test.record, ...labels },
    value,
  }));
  if (found.length > 0 && sameSamples(expected, got, { fuzzy: file.fuzzyCompare })) {
    for (const { rule, samples } of found) coverage.note(rule, samples.length > 0);
    return [];
  }
  const { line, evalTimeMs: timeMs } = test;
  if (found.length > 0) return [{ kind: "samples", line, expr: test.record, timeMs, expected, got }];
  const subject = `record: ${test.record}`;
  return [
    { kind: "error", line, subject, timeMs, message: "no rule file has a recording rule of this name" },
  ];
}

function nonEmpty(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ""));
}

// An alert that was expected and does not fire is mostly still pending, or its expression gave nothing.
function explain(test: AlertTest): (found: { rule: AlertingRule; alerts: readonly Alert[] }) => string[] {
  return ({ rule, alerts }) => {
    const where = `${rule.file}:${rule.line}`;
    const pending = alerts.filter(({ state }) => state === "pending");
    if (pending.length > 0) {
      return [`${where}: ${pending.length} pending; the rule waits for ${formatDurationMs(rule.forMs)}`];
    }
    const silent = alerts.every(({ state }) => state === "resolved");
    return silent && test.alerts.length > 0
      ? [`${where}: the expression gave no sample: ${oneLine(rule)}`]
      : [];
  };
}

function oneLine({ expr, expression }: AlertingRule): string {
  return expression ? format(expression) : expr;
}
