import type { AlertRule } from "../api/rules.ts";

/** What a rule's state means to whoever looks: a heartbeat that fires is well, one that does not is not. */
export type RuleStatus =
  | "firing"
  | "no heartbeat"
  | "pending"
  | "resolved"
  | "test"
  | "heartbeat ok"
  | "inactive";

/** In the order in which one wants to see them. */
const order: readonly RuleStatus[] = [
  "firing",
  "no heartbeat",
  "pending",
  "resolved",
  "test",
  "heartbeat ok",
  "inactive",
];

export interface SeenRule extends AlertRule {
  /** When the page saw it end to fire; undefined once it fires again. */
  readonly resolvedAtMs: number | undefined;
}

/** The names that rules go by which fire while all is well, here and in the rules of others. */
const heartbeat = /watchdog|dead.?man|heartbeat/i;

export function statusOf({ name, labels, state, resolvedAtMs }: SeenRule): RuleStatus {
  if (labels["severity"] === "none") {
    if (heartbeat.test(name)) return state === "firing" ? "heartbeat ok" : "no heartbeat";
    if (state === "firing") return "test";
  }
  return state === "inactive" && resolvedAtMs !== undefined ? "resolved" : state;
}

/** The rules as they are now, with when one was seen to end; the API itself forgets an alert as it ends. */
export function noteResolved(
  rules: readonly AlertRule[],
  before: readonly SeenRule[],
  nowMs: number,
): readonly SeenRule[] {
  const known = new Map(before.map((rule) => [keyOf(rule), rule]));
  return rules.map((rule) => {
    const last = known.get(keyOf(rule));
    const ended = last?.state === "firing" && rule.state !== "firing";
    return {
      ...rule,
      resolvedAtMs: rule.state === "firing" ? undefined : ended ? nowMs : last?.resolvedAtMs,
    };
  });
}

/** Whatever needs somebody first, then by name. */
export function byUrgency(rules: readonly SeenRule[]): readonly SeenRule[] {
  return rules.toSorted(
    (a, b) => order.indexOf(statusOf(a)) - order.indexOf(statusOf(b)) || a.name.localeCompare(b.name, "en"),
  );
}

export function countFiring(rules: readonly SeenRule[]): number {
  return rules.filter((rule) => statusOf(rule) === "firing").length;
}

/** Unique among the rules of both sources. */
export function keyOf({ source, group, name, query }: AlertRule): string {
  return JSON.stringify([source, group, name, query]);
}
