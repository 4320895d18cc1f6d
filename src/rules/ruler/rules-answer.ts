import { basename } from "node:path";
import type { Alert } from "../alert-state.ts";
import type { Rule } from "../rule-file.ts";
import type { RuleState } from "./rule-state.ts";
import type { GroupState } from "./ruler.ts";

/** Which rules are asked for; an empty list is all. */
export interface RuleFilter {
  readonly kind: Rule["kind"] | undefined;
  readonly files: readonly string[];
  readonly groups: readonly string[];
  readonly rules: readonly string[];
}

/**
 * The groups as Loki's and Prometheus' API of rules give them.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#rules
 */
export function rulesAnswer(groups: readonly GroupState[], filter: RuleFilter): object[] {
  const accepts = (wanted: readonly string[], name: string): boolean =>
    wanted.length === 0 || wanted.includes(name);
  return groups
    .filter(({ file, group }) => accepts(filter.files, basename(file)) && accepts(filter.groups, group.name))
    .map((state) => ({
      ...state,
      rules: state.rules.filter(
        ({ rule }) =>
          (filter.kind === undefined || rule.kind === filter.kind) && accepts(filter.rules, rule.name),
      ),
    }))
    .filter((state) => state.rules.length > 0)
    .map(groupOf);
}

function groupOf(state: GroupState): object {
  return {
    name: state.group.name,
    file: basename(state.file),
    rules: state.rules.map(ruleOf),
    interval: state.intervalMs / 1000,
    limit: state.group.limit,
    lastEvaluation: timeText(state.evaluatedMs),
    evaluationTime: state.evaluationSeconds,
  };
}

function ruleOf(state: RuleState): object {
  const { rule, error, evaluatedMs, evaluationSeconds } = state;
  const common = {
    health: error !== undefined ? "err" : evaluatedMs === undefined ? "unknown" : "ok",
    lastError: error ?? "",
    type: rule.kind === "alert" ? "alerting" : "recording",
    lastEvaluation: timeText(evaluatedMs),
    evaluationTime: evaluationSeconds,
  };
  const query = rule.expr.trim();
  if (!("alerts" in state)) return { name: rule.name, query, labels: rule.labels, ...common };
  const active = state.alerts.alerts().filter(({ state: now }) => now !== "resolved");
  return {
    state: worst(active),
    name: rule.name,
    query,
    duration: state.rule.forMs / 1000,
    keepFiringFor: state.rule.keepFiringForMs / 1000,
    labels: rule.labels,
    annotations: state.rule.annotations,
    alerts: active.map(alertAnswer),
    ...common,
  };
}

function worst(active: readonly Alert[]): "firing" | "pending" | "inactive" {
  if (active.some(({ state }) => state === "firing")) return "firing";
  return active.length > 0 ? "pending" : "inactive";
}

/** An alert as the API of alerts gives it. */
export function alertAnswer({ labels, annotations, state, activeAtMs, value }: Alert): object {
  return { labels, annotations, state, activeAt: timeText(activeAtMs), value: exponential(value) };
}

// As Go prints a number with 'e': two digits of exponent at least.
function exponential(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

/** A time as the APIs print it; that of Go where there is none. */
export function timeText(ms: number | undefined): string {
  return ms === undefined ? "0001-01-01T00:00:00Z" : new Date(ms).toISOString();
}
