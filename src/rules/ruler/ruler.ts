import { type Alert, AlertState, labelKey } from "../alert-state.ts";
import { evaluateAlert, evaluateRecording } from "../evaluate-rule.ts";
import { type InstantQuery, RuleEvaluationError } from "../instant-query.ts";
import type { RuleFile, RuleGroup } from "../rule-file.ts";
import type { RuleState } from "./rule-state.ts";

export interface RulerOptions {
  readonly query: InstantQuery;
  /** Files whose language the query understands. */
  readonly files: readonly RuleFile[];
  /**
   * Milliseconds between two evaluations of a group that does not say.
   * @default 60000
   */
  readonly intervalMs?: number;
  /** Where links in alerts lead. */
  readonly externalUrl: string;
  /** Hears of every alert that began to wait, fires, or is over. */
  readonly onChange?: (alert: Alert) => void;
  /** Hears of every rule whose evaluation succeeded, before the next of its group. */
  readonly onEvaluated?: (state: RuleState, nowMs: number) => void;
}

/** A group of rules with the state of each. */
export interface GroupState {
  readonly file: string;
  readonly group: RuleGroup;
  readonly intervalMs: number;
  readonly rules: readonly RuleState[];
  evaluatedMs: number | undefined;
  evaluationSeconds: number;
  dueMs: number;
}

/**
 * Evaluates groups of rules when they are due. What was missed, while the machine slept, is left out, as Loki and
 * Prometheus leave it out.
 */
export class Ruler {
  readonly groups: readonly GroupState[];
  readonly #options: RulerOptions;

  constructor(options: RulerOptions) {
    this.#options = options;
    this.groups = options.files.flatMap((file) => this.#load(file));
  }

  /** When the next group is due; undefined where there is none. */
  get dueMs(): number | undefined {
    return this.groups.length === 0 ? undefined : Math.min(...this.groups.map(({ dueMs }) => dueMs));
  }

  /** Evaluate every group that is due. */
  advance(nowMs: number): void {
    for (const state of this.groups) {
      if (state.dueMs > nowMs) continue;
      this.#evaluate(state, nowMs);
      state.dueMs = nowMs - (nowMs % state.intervalMs) + state.intervalMs;
    }
  }

  /** Alerts that wait or fire. */
  active(): Alert[] {
    return this.groups
      .flatMap(({ rules }) => rules)
      .flatMap((rule) => ("alerts" in rule ? rule.alerts.alerts() : []))
      .filter(({ state }) => state !== "resolved");
  }

  #load(file: RuleFile): GroupState[] {
    return file.groups.map((group) => ({
      file: file.path,
      group,
      intervalMs: group.intervalMs || (this.#options.intervalMs ?? 60_000),
      rules: group.rules.map((rule): RuleState => {
        const unknown = { evaluatedMs: undefined, evaluationSeconds: 0, error: undefined };
        return rule.kind === "alert"
          ? { rule, alerts: new AlertState(rule), ...unknown }
          : { rule, samples: [], ...unknown };
      }),
      evaluatedMs: undefined,
      evaluationSeconds: 0,
      dueMs: 0,
    }));
  }

  #evaluate(state: GroupState, nowMs: number): void {
    const began = performance.now();
    for (const rule of state.rules) this.#evaluateRule(rule, state.group, nowMs);
    state.evaluatedMs = nowMs;
    state.evaluationSeconds = (performance.now() - began) / 1e3;
  }

  #evaluateRule(state: RuleState, group: RuleGroup, nowMs: number): void {
    const { query, externalUrl } = this.#options;
    const { limit, queryOffsetMs } = group;
    const environment = { query, externalUrl, externalLabels: {}, limit, queryOffsetMs };
    const began = performance.now();
    try {
      if ("alerts" in state) this.#evaluateAlert(state, { nowMs, environment });
      else state.samples = evaluateRecording(state.rule, { nowMs, environment });
      state.error = undefined;
      this.#options.onEvaluated?.(state, nowMs);
    } catch (error) {
      if (!(error instanceof RuleEvaluationError)) throw error;
      state.error = error.message;
    }
    state.evaluatedMs = nowMs;
    state.evaluationSeconds = (performance.now() - began) / 1e3;
  }

  #evaluateAlert(
    { rule, alerts }: Extract<RuleState, { readonly alerts: AlertState }>,
    options: Parameters<typeof evaluateAlert>[2],
  ): void {
    const before = new Map(alerts.alerts().map((alert) => [labelKey(alert.labels), alert.state]));
    evaluateAlert(rule, alerts, options);
    for (const alert of alerts.alerts())
      if (before.get(labelKey(alert.labels)) !== alert.state) this.#options.onChange?.(alert);
  }
}
