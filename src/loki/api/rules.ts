import { basename } from "node:path";
import { stringify } from "yaml";
import { type Alert, formatDurationMs, type Rule } from "../../rules/index.ts";
import type { RuleState } from "../ruler/rule-state.ts";
import type { GroupState } from "../ruler/ruler.ts";
import type { ApiCall, Endpoint } from "./api.ts";
import { ApiError, json } from "./api-message.ts";

/** GET /prometheus/api/v1/rules */
export const rules: Endpoint = (call, { ruler }) => answer({ groups: selected(ruler.groups, call) });

/** GET /prometheus/api/v1/alerts */
export const alerts: Endpoint = (_, { ruler }) => answer({ alerts: ruler.active().map(alertOf) });

/** GET /loki/api/v1/rules: the rules as they are written in files. */
export const ruleFiles: Endpoint = ({ name }, { ruler }) => {
  const files: Record<string, object[]> = {};
  for (const { file, group } of ruler.groups) {
    const namespace = basename(file);
    if (name !== "" && namespace !== name) continue;
    files[namespace] ??= [];
    const { intervalMs } = group;
    files[namespace].push({
      name: group.name,
      ...(intervalMs && { interval: formatDurationMs(intervalMs) }),
      rules: group.rules.map(ruleText),
    });
  }
  if (Object.keys(files).length === 0) throw new ApiError("no rule groups found", 404);
  return { status: 200, contentType: "application/yaml", body: stringify(files, { lineWidth: 0 }) };
};

function answer(data: object): ReturnType<Endpoint> {
  return json({ status: "success", data, errorType: "", error: "" }, "application/json");
}

function selected(groups: readonly GroupState[], { parameters }: ApiCall): object[] {
  const type = parameters.text("type");
  if (type !== "" && type !== "alert" && type !== "record")
    throw new ApiError(`not supported value ${JSON.stringify(type)}`);
  const accepts = (name: string, value: string): boolean => {
    const wanted = [...parameters.texts(name), ...parameters.texts(`${name}[]`)];
    return wanted.length === 0 || wanted.includes(value);
  };
  return groups
    .filter(({ file, group }) => accepts("file", basename(file)) && accepts("rule_group", group.name))
    .map((state) => ({
      ...state,
      rules: state.rules.filter(
        ({ rule }) => (type === "" || rule.kind === type) && accepts("rule_name", rule.name),
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
    alerts: active.map(alertOf),
    ...common,
  };
}

function worst(active: readonly Alert[]): "firing" | "pending" | "inactive" {
  if (active.some(({ state }) => state === "firing")) return "firing";
  return active.length > 0 ? "pending" : "inactive";
}

function alertOf({ labels, annotations, state, activeAtMs, value }: Alert): object {
  return { labels, annotations, state, activeAt: timeText(activeAtMs), value: exponential(value) };
}

// As Go prints a number with 'e': two digits of exponent at least.
function exponential(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

function timeText(ms: number | undefined): string {
  return ms === undefined ? "0001-01-01T00:00:00Z" : new Date(ms).toISOString();
}

function ruleText(rule: Rule): object {
  const name = rule.kind === "alert" ? { alert: rule.name } : { record: rule.name };
  const waits = rule.kind === "alert" && rule.forMs > 0 ? { for: formatDurationMs(rule.forMs) } : {};
  const keeps =
    rule.kind === "alert" && rule.keepFiringForMs > 0
      ? { keep_firing_for: formatDurationMs(rule.keepFiringForMs) }
      : {};
  const labels = Object.keys(rule.labels).length > 0 ? { labels: rule.labels } : {};
  const annotations =
    rule.kind === "alert" && Object.keys(rule.annotations).length > 0
      ? { annotations: rule.annotations }
      : {};
  return { ...name, expr: rule.expr, ...waits, ...keeps, ...labels, ...annotations };
}
