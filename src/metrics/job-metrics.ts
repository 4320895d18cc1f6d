import { CellTable } from "./cell-table.ts";
import { type Exemplar, HistogramTable } from "./histogram-table.ts";
import { LabelSetLimit, type LabelSetLimitOptions } from "./label-set-limit.ts";
import type { MetricsPart } from "./metrics-part.ts";
import type { MetricName } from "./names.ts";
import { type Labels, OwnMetric } from "./own-metric.ts";

/** What is known of a job's run when it ends. */
export interface JobSample extends Exemplar {
  readonly name: string;
  readonly durationSeconds: number;
  /** On failure only. */
  readonly errorType: string | undefined;
}

/** Everything kept for one job. */
interface JobCell {
  readonly labels: Labels;
  active: number;
  failures: number;
  lastSuccessSeconds: number | undefined;
}

/** Measures jobs. */
export class JobMetrics implements MetricsPart {
  readonly metrics: readonly OwnMetric[];
  readonly limits: readonly LabelSetLimit[];
  readonly #durations: HistogramTable;
  readonly #jobs: CellTable<JobCell>;

  constructor(options: LabelSetLimitOptions) {
    const limit = new LabelSetLimit("job_active_runs", options);
    this.#durations = new HistogramTable("job_run_duration_seconds", options);
    this.#jobs = new CellTable(limit, (labels) => ({
      labels,
      active: 0,
      failures: 0,
      lastSuccessSeconds: undefined,
    }));
    this.limits = [this.#durations.limit, limit];
    this.metrics = [
      this.#durations.metric,
      this.#perJob("job_active_runs", (job) => job.active),
      // From 0 at the first run on, so that a first failure is an increase.
      this.#perJob("job_run_failures_total", (job) => job.failures),
      this.#perJob("job_last_success_timestamp_seconds", (job) => job.lastSuccessSeconds),
    ];
  }

  begin(name: string): void {
    this.#jobs.find({ job_name: name }).active += 1;
  }

  end(sample: JobSample): void {
    const { name, errorType, durationSeconds } = sample;
    const job = this.#jobs.find({ job_name: name });
    // A registry reset in mid-run must not leave the gauge below zero for ever.
    if (job.active > 0) job.active -= 1;
    if (errorType === undefined) job.lastSuccessSeconds = Date.now() / 1_000;
    else job.failures += 1;
    this.#durations.observe({ job_name: name, error_type: errorType }, durationSeconds, sample);
  }

  #perJob(name: MetricName, pick: (job: JobCell) => number | undefined): OwnMetric {
    return new OwnMetric(name, {
      read: () =>
        this.#jobs.all().flatMap((job) => {
          const value = pick(job);
          return value === undefined ? [] : [{ labels: job.labels, value }];
        }),
      reset: () => this.#jobs.clear(),
    });
  }
}
