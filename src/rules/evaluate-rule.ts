import type { AlertCandidate, AlertState } from "./alert-state.ts";
import { labelKey } from "./alert-state.ts";
import { RuleEvaluationError, type Sample } from "./instant-query.ts";
import { labelText } from "./label-text.ts";
import type { RuleEnvironment, TemplateContext } from "./rule-environment.ts";
import type { AlertingRule, RecordingRule } from "./rule-file.ts";
import { expandAlertTemplate } from "./template/alert-template.ts";

/**
 * Evaluate an alerting rule once and move its state on.
 * @throws RuleEvaluationError, with the state as it was.
 */
export function evaluateAlert(
  rule: AlertingRule,
  state: AlertState,
  options: { readonly nowMs: number; readonly environment: RuleEnvironment },
): void {
  const { nowMs, environment } = options;
  const samples = environment.query(rule.expr, nowMs - environment.queryOffsetMs);
  const candidates = samples.map((sample) => candidateOf(rule, sample, options));
  const twice = firstDuplicate(candidates.map(({ labels }) => labels));
  if (twice) {
    throw new RuleEvaluationError(
      `two samples have the same labels once the rule's are added: ${labelText(twice)}`,
    );
  }
  if (environment.limit > 0 && candidates.length > environment.limit) {
    state.clear();
    throw new RuleEvaluationError(`exceeded limit of ${environment.limit} with ${candidates.length} alerts`);
  }
  state.update(candidates, nowMs);
}

/**
 * Evaluate a recording rule once: the series it would write.
 * @throws RuleEvaluationError
 */
export function evaluateRecording(
  rule: RecordingRule,
  { nowMs, environment }: { readonly nowMs: number; readonly environment: RuleEnvironment },
): Sample[] {
  const samples = environment
    .query(rule.expr, nowMs - environment.queryOffsetMs)
    .map(({ labels, value }) => ({
      labels: withLabels(labels, { ...rule.labels, __name__: rule.name }),
      value,
    }));
  const twice = firstDuplicate(samples.map(({ labels }) => labels));
  if (twice) {
    throw new RuleEvaluationError(
      `two samples have the same labels once the rule's are added: ${labelText(twice)}`,
    );
  }
  if (environment.limit > 0 && samples.length > environment.limit) {
    throw new RuleEvaluationError(`exceeded limit of ${environment.limit} with ${samples.length} series`);
  }
  return samples;
}

function candidateOf(
  rule: AlertingRule,
  sample: Sample,
  { nowMs, environment }: { readonly nowMs: number; readonly environment: RuleEnvironment },
): AlertCandidate {
  const context: TemplateContext = { ...environment, ...sample, nowMs };
  const expandAll = (texts: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [name, expandAlertTemplate(text, context)]),
    );
  // Templates may speak of the metric's name; the alert does not have it.
  const { __name__: _, ...own } = sample.labels;
  const labels = withLabels(own, expandAll(rule.labels));
  return {
    labels: { ...labels, alertname: rule.name },
    annotations: expandAll(rule.annotations),
    value: sample.value,
  };
}

// An empty value removes a label.
function withLabels(
  labels: Readonly<Record<string, string>>,
  added: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...labels, ...added }).filter(([, value]) => value !== ""));
}

function firstDuplicate(
  sets: readonly Readonly<Record<string, string>>[],
): Readonly<Record<string, string>> | undefined {
  const seen = new Set<string>();
  return sets.find((labels) => {
    const key = labelKey(labels);
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}
