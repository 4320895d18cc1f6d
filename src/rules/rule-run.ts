import { type Alert, AlertState } from "./alert-state.ts";
import { evaluateAlert, evaluateRecording } from "./evaluate-rule.ts";
import { RuleEvaluationError, type Sample } from "./instant-query.ts";
import type { RuleEnvironment } from "./rule-environment.ts";
import type { AlertingRule, RecordingRule, RuleFile, RuleGroup } from "./rule-file.ts";

/** A rule whose evaluation failed, at first and how often. */
export interface RuleFailure {
  readonly rule: AlertingRule | RecordingRule;
  readonly message: string;
  readonly firstMs: number;
  readonly count: number;
}

type Evaluated =
  | { readonly rule: AlertingRule; readonly state: AlertState }
  | { readonly rule: RecordingRule; samples: readonly Sample[] };

interface GroupRun {
  readonly group: RuleGroup;
  readonly intervalMs: number;
  readonly rules: readonly Evaluated[];
}

export interface RuleRunOptions {
  readonly evaluationIntervalMs: number;
  /** Groups that go first, by name. */
  readonly groupEvalOrder: readonly string[];
  readonly startMs: number;
  readonly environment: Pick<RuleEnvironment, "query" | "externalLabels" | "externalUrl">;
}

/** Evaluates the groups of some rule files step by step through time, as a ruler would. */
export class RuleRun {
  readonly #groups: readonly GroupRun[];
  readonly #options: RuleRunOptions;
  readonly #failures: Map<string, RuleFailure> = new Map();
  #nextMs: number;

  constructor(files: readonly RuleFile[], options: RuleRunOptions) {
    this.#options = options;
    this.#nextMs = options.startMs;
    const groups = files.flatMap((file) => file.groups);
    this.#groups = inOrder(groups, options.groupEvalOrder).map((group) => ({
      group,
      intervalMs: group.intervalMs || options.evaluationIntervalMs,
      rules: group.rules.map(
        (rule): Evaluated =>
          rule.kind === "alert" ? { rule, state: new AlertState(rule) } : { rule, samples: [] },
      ),
    }));
  }

  /** Evaluate at every time that is due up to this one. */
  advanceTo(timeMs: number): void {
    while (this.#nextMs <= timeMs) {
      const elapsed = this.#nextMs - this.#options.startMs;
      for (const run of this.#groups) if (elapsed % run.intervalMs === 0) this.#evaluate(run, this.#nextMs);
      this.#nextMs += this.#stepFrom(elapsed);
    }
  }

  /** The alerts of every rule of this name, by rule. */
  alertsOf(name: string): { readonly rule: AlertingRule; readonly alerts: readonly Alert[] }[] {
    return this.#all().flatMap((entry) =>
      "state" in entry && entry.rule.name === name
        ? [{ rule: entry.rule, alerts: entry.state.alerts() }]
        : [],
    );
  }

  /** The series last recorded under this name, by rule. */
  samplesOf(name: string): { readonly rule: RecordingRule; readonly samples: readonly Sample[] }[] {
    return this.#all().flatMap((entry) =>
      "samples" in entry && entry.rule.name === name ? [{ rule: entry.rule, samples: entry.samples }] : [],
    );
  }

  failures(): RuleFailure[] {
    return [...this.#failures.values()];
  }

  #all(): Evaluated[] {
    return this.#groups.flatMap(({ rules }) => rules);
  }

  // To the next multiple of any group's interval.
  #stepFrom(elapsed: number): number {
    const intervals = this.#groups.map(({ intervalMs }) => intervalMs);
    return Math.min(
      this.#options.evaluationIntervalMs,
      ...intervals.map((every) => every - (elapsed % every)),
    );
  }

  #evaluate({ group, rules }: GroupRun, nowMs: number): void {
    const environment: RuleEnvironment = {
      ...this.#options.environment,
      limit: group.limit,
      queryOffsetMs: group.queryOffsetMs,
    };
    for (const entry of rules) {
      try {
        if ("state" in entry) evaluateAlert(entry.rule, entry.state, { nowMs, environment });
        else entry.samples = evaluateRecording(entry.rule, { nowMs, environment });
      } catch (error) {
        if (!(error instanceof RuleEvaluationError)) throw error;
        this.#fail(entry.rule, error.message, nowMs);
      }
    }
  }

  #fail(rule: RuleFailure["rule"], message: string, nowMs: number): void {
    const key = `${rule.file}\n${rule.line}\n${message.slice(0, 40)}`;
    const known = this.#failures.get(key);
    if (known) this.#failures.set(key, { ...known, count: known.count + 1 });
    else this.#failures.set(key, { rule, message, firstMs: nowMs - this.#options.startMs, count: 1 });
  }
}

function inOrder(groups: readonly RuleGroup[], order: readonly string[]): RuleGroup[] {
  const rank = ({ name }: RuleGroup): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...groups].sort((a, b) => rank(a) - rank(b));
}
