import type { AlertingRule } from "./rule-file.ts";

/** One label set for which the expression of an alerting rule gave a sample. */
export interface AlertCandidate {
  /** With the rule's own labels and `alertname`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Alert extends AlertCandidate {
  readonly state: "pending" | "firing" | "resolved";
  /** When the expression first gave it without a gap since. */
  readonly activeAtMs: number;
  readonly firedAtMs: number | undefined;
  /** When the expression stopped to give an alert that fires on by `keep_firing_for`. */
  readonly keptSinceMs: number | undefined;
}

/**
 * The alerts of one alerting rule over its evaluations. An evaluation that fails is simply not given to it, so that the
 * state stays as it was.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export class AlertState {
  readonly #rule: Pick<AlertingRule, "forMs" | "keepFiringForMs">;
  #alerts: Map<string, Alert> = new Map();

  constructor(rule: Pick<AlertingRule, "forMs" | "keepFiringForMs">) {
    this.#rule = rule;
  }

  alerts(): Alert[] {
    return [...this.#alerts.values()];
  }

  firing(): Alert[] {
    return this.alerts().filter(({ state }) => state === "firing");
  }

  clear(): void {
    this.#alerts.clear();
  }

  /** Take the candidates of an evaluation that succeeded; no two may have one label set. */
  update(candidates: readonly AlertCandidate[], nowMs: number): void {
    const next = new Map<string, Alert>();
    for (const candidate of candidates) {
      const key = labelKey(candidate.labels);
      next.set(key, this.#present(candidate, this.#alerts.get(key), nowMs));
    }
    for (const [key, alert] of this.#alerts) {
      if (next.has(key)) continue;
      const rest = this.#absent(alert, nowMs);
      if (rest) next.set(key, rest);
    }
    this.#alerts = next;
  }

  #present(candidate: AlertCandidate, known: Alert | undefined, nowMs: number): Alert {
    const going = known && known.state !== "resolved" ? known : undefined;
    const activeAtMs = going?.activeAtMs ?? nowMs;
    const fires = going?.state === "firing" || nowMs - activeAtMs >= this.#rule.forMs;
    const firedAtMs = fires ? (going?.firedAtMs ?? nowMs) : undefined;
    return {
      ...candidate,
      state: fires ? "firing" : "pending",
      activeAtMs,
      firedAtMs,
      keptSinceMs: undefined,
    };
  }

  // A pending alert is forgotten; a firing one is kept while keep_firing_for lasts, then shown as resolved for a while.
  #absent(alert: Alert, nowMs: number): Alert | undefined {
    if (alert.state === "pending") return undefined;
    if (alert.state === "resolved")
      return nowMs - (alert.keptSinceMs ?? nowMs) > resolvedForMs ? undefined : alert;
    const keptSinceMs = alert.keptSinceMs ?? nowMs;
    if (nowMs - keptSinceMs < this.#rule.keepFiringForMs) return { ...alert, keptSinceMs };
    return { ...alert, state: "resolved", keptSinceMs: nowMs };
  }
}

/** A text that two label sets share only when they are equal. */
export function labelKey(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const resolvedForMs = 15 * 60_000;
