import { type Found, isAlerting, type Lint, type LintSubject } from "./lint.ts";

export const untestedRule: Lint = {
  code: "untested-rule",
  severity: "warning",
  summary: "No test shows the rule firing, or none shows it silent.",
  explanation:
    "An alert that was never seen firing may never fire, and one never seen silent may always. Add a case of each to a " +
    "test file beside the rules (`*.test.yml`; see docs/rule-tests.md): one with `exp_alerts`, one with `exp_alerts: []`.",
  bad: `alert: Untested
expr: sum(count_over_time({service_name="shop"} |= "error" [5m])) > 10`,
  good: `alert: Tested
expr: sum(count_over_time({service_name="shop"} |= "error" [5m])) > 10`,
  check: checkTested,
};

export const missingRunbook: Lint = {
  code: "missing-runbook",
  severity: "warning",
  summary: "The alert does not say what to do.",
  explanation:
    "Whoever is woken needs a page: what the alert means, how to see more, what to do. Link it from the annotation " +
    "`runbook_url`.",
  bad: `alert: High5xx
expr: sum(count_over_time({service_name="shop"} |= "error" [5m])) > 10
annotations:
  summary: Many errors`,
  good: `alert: High5xx
expr: sum(count_over_time({service_name="shop"} |= "error" [5m])) > 10
annotations:
  summary: Many errors
  runbook_url: https://runbooks.example.com/high-5xx`,
  check: ({ rule }) => {
    if (!isAlerting(rule)) return [];
    const { runbook_url: url = "", runbook = "" } = rule.annotations;
    return url.trim() === "" && runbook.trim() === ""
      ? [{ message: "the alert has no annotation runbook_url" }]
      : [];
  },
};

export const keepFiringForIgnored: Lint = {
  code: "keep-firing-for-ignored",
  severity: "warning",
  summary: "Loki's ruler does not know keep_firing_for.",
  explanation:
    "The ruler of Loki 3.7 loads the rule and leaves `keep_firing_for` out: the alert resolves at the first evaluation " +
    "that gives no sample. A longer range does what is meant. (Rules in PromQL may use it: Prometheus heeds it.)",
  bad: `alert: Flapping
expr: sum(count_over_time({service_name="shop"} |= "error" [1m])) > 10
keep_firing_for: 10m`,
  good: `alert: Steady
expr: sum(count_over_time({service_name="shop"} |= "error" [10m])) > 10`,
  check: ({ rule, file }) =>
    isAlerting(rule) && file.language === "logql" && rule.keepFiringForMs > 0
      ? [{ message: "Loki's ruler leaves keep_firing_for out" }]
      : [],
};

function checkTested({ rule, tests }: LintSubject): Found[] {
  const seen = tests.get(rule.name);
  const [fires, quiet] = rule.kind === "alert" ? ["firing", "silent"] : ["recording", "empty"];
  if (!seen) return [{ message: `no test beside the rule file names ${rule.name}` }];
  if (!seen.firing) return [{ message: `no test shows ${rule.name} ${fires}` }];
  return seen.silent ? [] : [{ message: `no test shows ${rule.name} ${quiet}` }];
}
