import { getJson } from "./http.ts";

export type AlertState = "inactive" | "pending" | "firing";

export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: AlertState;
  readonly activeAt: string;
  readonly value: string;
}

export interface AlertRule {
  readonly name: string;
  readonly group: string;
  readonly query: string;
  /** Seconds. */
  readonly duration: number;
  readonly keepFiringFor: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: AlertState;
  readonly health: string;
  readonly lastError: string;
  readonly lastEvaluation: string;
  readonly alerts: readonly Alert[];
  readonly source: "Loki" | "Prometheus";
}

/** The alert rules of Loki's ruler or of Prometheus, with the alerts they have raised. */
export async function fetchRules(
  url: string,
  source: AlertRule["source"],
  signal?: AbortSignal,
): Promise<readonly AlertRule[]> {
  const path = source === "Loki" ? "/prometheus/api/v1/rules" : "/api/v1/rules";
  const answer = (await getJson(url + path, { query: `${source} alert rules`, signal })) as RulesAnswer;
  return (answer.data?.groups ?? []).flatMap(({ name, rules }) =>
    (rules ?? [])
      .filter(({ type }) => type === undefined || type === "alerting")
      .map((rule) => readRule(rule, name, source)),
  );
}

interface RulesAnswer {
  readonly data?: {
    readonly groups?: readonly { readonly name: string; readonly rules?: readonly RawRule[] }[];
  };
}

interface RawRule extends Partial<Omit<AlertRule, "alerts" | "source" | "group" | "keepFiringFor">> {
  readonly type?: string;
  readonly keepFiringFor?: number;
  readonly alerts?: readonly Partial<Alert>[] | null;
}

function readRule(raw: RawRule, group: string, source: AlertRule["source"]): AlertRule {
  return {
    name: raw.name ?? "",
    group,
    source,
    query: raw.query ?? "",
    duration: raw.duration ?? 0,
    keepFiringFor: raw.keepFiringFor ?? 0,
    labels: raw.labels ?? {},
    annotations: raw.annotations ?? {},
    state: raw.state ?? "inactive",
    health: raw.health ?? "unknown",
    lastError: raw.lastError ?? "",
    lastEvaluation: raw.lastEvaluation ?? "",
    alerts: (raw.alerts ?? []).map((alert) => ({
      labels: alert.labels ?? {},
      annotations: alert.annotations ?? {},
      state: (alert.state ?? "inactive").toLowerCase() as AlertState,
      activeAt: alert.activeAt ?? "",
      value: alert.value ?? "",
    })),
  };
}
