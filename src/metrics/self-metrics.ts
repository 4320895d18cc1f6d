import { CounterCells } from "./counter-cells.ts";
import { HistogramCell } from "./histogram-cell.ts";
import { LabelSetLimit, type LabelSetLimitOptions } from "./label-set-limit.ts";
import type { MetricsPart } from "./metrics-part.ts";
import { metricDefinitions } from "./names.ts";
import { type MetricSample, OwnMetric } from "./own-metric.ts";
import type { ScrapeResult } from "./scraper.ts";

/** What the kit measures of its own measuring. A scrape shows the ones before it. */
export class SelfMetrics implements MetricsPart {
  readonly metrics: readonly OwnMetric[];
  readonly #options: LabelSetLimitOptions;
  readonly #failures: CounterCells;
  readonly #saidMetrics = new Set<string>();
  #duration = createDurationCell();
  #lastSizeBytes = 0;

  /** @param limits those of the metrics whose overflow and rejected values are to be counted */
  constructor(options: LabelSetLimitOptions, limits: readonly LabelSetLimit[]) {
    this.#options = options;
    const failureLimit = new LabelSetLimit("taffrail_scrape_failures_total", options);
    this.#failures = new CounterCells({ labelName: "metric_name", limit: failureLimit });
    const perMetric = (pick: (limit: LabelSetLimit) => number): MetricSample[] =>
      limits.map((limit) => ({ labels: { metric_name: limit.metricName }, value: pick(limit) }));
    this.metrics = [
      new OwnMetric("taffrail_scrape_duration_seconds", {
        read: () => this.#durationSamples(),
        reset: () => {
          this.#duration = createDurationCell();
        },
      }),
      new OwnMetric("taffrail_scrape_size_bytes", {
        read: () => [{ labels: {}, value: this.#lastSizeBytes }],
      }),
      new OwnMetric("taffrail_scrape_failures_total", {
        read: () => this.#failures.samples(),
        reset: () => this.#failures.reset(),
      }),
      new OwnMetric("taffrail_metric_overflow_total", { read: () => perMetric((limit) => limit.overflowed) }),
      new OwnMetric("taffrail_metric_rejected_values_total", {
        read: () => perMetric((limit) => limit.rejected),
      }),
    ];
  }

  countScrape({ durationSeconds, sizeBytes }: ScrapeResult): void {
    this.#duration.observe(durationSeconds);
    this.#lastSizeBytes = sizeBytes;
  }

  /** Counts a metric that was left out of a scrape, and says it the first time. */
  countFailure(metricName: string, error: unknown): void {
    this.#failures.increment(metricName);
    if (this.#saidMetrics.has(metricName) || this.#saidMetrics.size >= this.#options.maxLabelSets) return;
    this.#saidMetrics.add(metricName);
    this.#options.report({
      name: "metric_left_out",
      msg: `The metric ${metricName} is left out of the scrape: reading or writing it failed`,
      fields: { metric_name: metricName, err: error },
    });
  }

  #durationSamples(): MetricSample[] {
    const samples: MetricSample[] = [];
    this.#duration.appendTo(samples, "taffrail_scrape_duration_seconds");
    return samples;
  }
}

function createDurationCell(): HistogramCell {
  return new HistogramCell({}, metricDefinitions.taffrail_scrape_duration_seconds.buckets ?? []);
}
