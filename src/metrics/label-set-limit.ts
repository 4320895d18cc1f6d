import type { MetricName } from "./names.ts";

/** The one series that takes what has no place of its own, as OpenTelemetry's SDKs name it. */
export const overflowLabels: Readonly<Record<string, string>> = { otel_metric_overflow: "true" };

/** Something an operator should read once: the kit logs it as a warning. */
export interface MetricsProblem {
  readonly name: string;
  readonly msg: string;
  readonly fields: object;
}

export type ReportProblem = (problem: MetricsProblem) => void;

export interface LabelSetLimitOptions {
  /** How many label sets the metric may have, the overflow series included. */
  readonly maxLabelSets: number;
  readonly report: ReportProblem;
}

/**
 * Keeps one metric's label sets under a limit, and counts what that cost.
 * @see https://opentelemetry.io/docs/specs/otel/metrics/sdk/#cardinality-limits
 */
export class LabelSetLimit {
  readonly metricName: MetricName;
  /** Observations that went into the overflow series. */
  overflowed = 0;
  /** Observations dropped because of their value. */
  rejected = 0;
  #used = 0;
  readonly #options: LabelSetLimitOptions;

  constructor(metricName: MetricName, options: LabelSetLimitOptions) {
    this.metricName = metricName;
    this.#options = options;
  }

  /** Takes a place for a new label set; false, and counted, when there is none left. */
  take(): boolean {
    if (this.#used < this.#options.maxLabelSets - 1) {
      this.#used += 1;
      return true;
    }
    this.overflowed += 1;
    if (this.overflowed === 1) this.#say();
    return false;
  }

  /** Forgets the label sets, not the counts of what was lost. */
  clear(): void {
    this.#used = 0;
  }

  #say(): void {
    const { maxLabelSets } = this.#options;
    this.#options.report({
      name: "metric_overflow",
      msg: `${this.metricName} has reached its limit of ${maxLabelSets} label sets; further ones are counted together as otel_metric_overflow="true"`,
      fields: { metric_name: this.metricName, max_label_sets: maxLabelSets },
    });
  }
}
