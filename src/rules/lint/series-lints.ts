import type { Found, Lint, LintSubject } from "./lint.ts";
import { type Shape, shapeOf } from "./shape.ts";
import { rangesOf } from "./walk.ts";

export const noGroupingAfterParser: Lint = {
  code: "no-grouping-after-parser",
  severity: "error",
  summary: "Every field of every line becomes a label of the result.",
  explanation:
    "After a parser that reads all fields, a range aggregation without a grouping gives one series for each set of " +
    "values: one a request. Loki refuses more than 500, and an alert would fire once a line. Aggregate by the labels " +
    "that the alert is about.",
  bad: `alert: High5xx
expr: count_over_time({service_name="shop"} | json | http_response_status_code >= 500 | __error__="" [5m]) > 10`,
  good: `alert: High5xx
expr: sum by (http_route) (count_over_time({service_name="shop"} | json | http_response_status_code >= 500 | __error__="" [5m])) > 10`,
  check: (subject) => {
    const shape = shapeOfRule(subject);
    if (shape?.labels !== "parsed" || shape.few) return [];
    const [first] = rangesOf(subject.rule);
    return [{ message: "group the result: sum by (…) (…)", offset: first?.offset ?? 0 }];
  },
};

export const manySeries: Lint = {
  code: "many-series",
  severity: "warning",
  summary: "The result may have more than 500 series.",
  explanation:
    "A default Loki refuses a query whose result has more than 500 series (`max_query_series`), so that the alert falls " +
    "silent when there is most to say. Fields that are new with every request or client are no labels to group by; " +
    "group by http_route rather than url_path, or take the topk.",
  bad: `alert: High5xx
expr: sum by (url_path) (count_over_time({service_name="shop"} | json | http_response_status_code >= 500 | __error__="" [5m])) > 10`,
  good: `alert: High5xx
expr: sum by (http_route) (count_over_time({service_name="shop"} | json | http_response_status_code >= 500 | __error__="" [5m])) > 10`,
  check: checkMany,
};

export const unknownTemplateLabel: Lint = {
  code: "unknown-template-label",
  severity: "error",
  summary: "A template prints a label that the expression does not give.",
  explanation:
    "A template sees the labels of the sample: those that the outermost grouping names. Any other prints as nothing, " +
    "and the page at night says `  is failing`. Add the label to the grouping, or take it out of the text.",
  bad: `alert: High5xx
expr: sum by (http_route) (count_over_time({service_name="shop"} |= "error" [5m])) > 10
annotations:
  summary: "{{ $labels.route }} is failing"`,
  good: `alert: High5xx
expr: sum by (http_route) (count_over_time({service_name="shop"} |= "error" [5m])) > 10
annotations:
  summary: "{{ $labels.http_route }} is failing"`,
  check: checkTemplates,
};

// Fields whose values have no bound: ids, paths as sent, free text, measured numbers.
const unbounded: ReadonlySet<string> = new Set([
  "client_address",
  "duration_ms",
  "exception_message",
  "exception_stacktrace",
  "http_request_body_size",
  "http_response_body_size",
  "msg",
  "process_uptime_s",
  "request_id",
  "span_id",
  "time",
  "trace_id",
  "url_path",
  "url_query",
  "user_agent_original",
]);

function shapeOfRule({ rule }: LintSubject): Shape | undefined {
  const { expression } = rule;
  return expression && expression.kind !== "log" ? shapeOf(expression) : undefined;
}

function checkMany(subject: LintSubject): Found[] {
  const shape = shapeOfRule(subject);
  if (!shape || shape.few || typeof shape.labels === "string") return [];
  return [...shape.labels]
    .filter((name) => unbounded.has(name))
    .map((name) => ({
      message: `${name} has no bound on its values, and the result has one series for each`,
    }));
}

function checkTemplates(subject: LintSubject): Found[] {
  const labels = shapeOfRule(subject)?.labels;
  if (labels === undefined || typeof labels === "string" || subject.rule.kind !== "alert") return [];
  const { rule } = subject;
  const texts = [...Object.entries(rule.annotations), ...Object.entries(rule.labels)];
  return texts.flatMap(([key, text]) =>
    labelsPrinted(text)
      .filter((name) => !labels.has(name))
      .map((name) => ({ message: `${key} prints $labels.${name}; the expression gives ${listed(labels)}` })),
  );
}

function labelsPrinted(text: string): string[] {
  const actions = [...text.matchAll(/\{\{[\s\S]*?\}\}/g)].map(([action]) => action).join("");
  const names = actions.matchAll(/(?:\$labels|(?<![\w)])\.Labels)\.([A-Za-z_]\w*)|index \$labels "([^"]+)"/g);
  return [...new Set([...names].map(([, field, key]) => field ?? key ?? ""))];
}

function listed(labels: ReadonlySet<string>): string {
  return labels.size === 0 ? "no labels" : [...labels].join(", ");
}
