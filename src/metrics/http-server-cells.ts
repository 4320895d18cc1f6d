import { CounterCells } from "./counter-cells.ts";
import type { HistogramCell } from "./histogram-cell.ts";
import { boundedLabel, methodSchemeCount, methodSchemeIndex, methodSchemeLabels } from "./http-labels.ts";
import type { HttpServerMetrics, HttpServerSample } from "./http-server-metrics.ts";
import { LabelSetLimit, type LabelSetLimitOptions } from "./label-set-limit.ts";
import type { MetricName } from "./names.ts";
import { type MetricSample, OwnMetric } from "./own-metric.ts";
import { type RequestSeries, RequestSeriesTable } from "./request-series.ts";

export interface HttpServerMetricsOptions extends LabelSetLimitOptions {
  readonly bodySizes: boolean;
}

/** The HTTP server metrics with what the registry and the self-metrics read of them. */
export class HttpServerCells implements HttpServerMetrics {
  readonly metrics: readonly OwnMetric[];
  readonly limits: readonly LabelSetLimit[];
  readonly #bodySizes: boolean;
  readonly #requestLimit: LabelSetLimit;
  readonly #requests: RequestSeriesTable;
  readonly #clientErrors: CounterCells;
  readonly #active = new Float64Array(methodSchemeCount);
  readonly #everActive = new Uint8Array(methodSchemeCount);
  #readOldestAge: (() => number) | undefined;

  constructor(options: HttpServerMetricsOptions) {
    const clientErrorLimit = new LabelSetLimit("http_server_client_errors_total", options);
    this.#bodySizes = options.bodySizes;
    this.#requestLimit = new LabelSetLimit("http_server_request_duration_seconds", options);
    this.#requests = new RequestSeriesTable(this.#requestLimit);
    this.#clientErrors = new CounterCells({ labelName: "error_type", limit: clientErrorLimit });
    this.limits = [this.#requestLimit, clientErrorLimit];
    this.metrics = this.#createMetrics();
  }

  begin(method: string, scheme: string): void {
    const index = methodSchemeIndex(method, scheme);
    this.#active[index] = (this.#active[index] ?? 0) + 1;
    this.#everActive[index] = 1;
  }

  end(method: string, scheme: string): void {
    const index = methodSchemeIndex(method, scheme);
    const active = this.#active[index] ?? 0;
    // A registry reset between begin and end must not leave the gauge below zero for ever.
    if (active > 0) this.#active[index] = active - 1;
  }

  observe(sample: HttpServerSample): void {
    const series = this.#requests.find(sample);
    if (!sample.recordDuration) series.untimed += 1;
    else if (!series.duration.observe(sample.durationSeconds, sample.traceId, sample.spanId)) {
      this.#requestLimit.rejected += 1;
    }
    if (this.#bodySizes) this.#observeSizes(series, sample);
  }

  clientError(errorType: string): void {
    this.#clientErrors.increment(boundedLabel(errorType) ?? "_OTHER");
  }

  setOldestActiveAge(read: () => number): void {
    this.#readOldestAge = read;
  }

  #observeSizes(series: RequestSeries, sample: HttpServerSample): void {
    const { requestBodyBytes, responseBodyBytes } = sample;
    if (requestBodyBytes !== undefined && !series.requestSize.observe(requestBodyBytes)) {
      this.#requestLimit.rejected += 1;
    }
    if (responseBodyBytes !== undefined && !series.responseSize.observe(responseBodyBytes)) {
      this.#requestLimit.rejected += 1;
    }
  }

  #createMetrics(): OwnMetric[] {
    const metrics = [
      this.#histogram("http_server_request_duration_seconds", (series) => series.duration),
      new OwnMetric("http_server_active_requests", { read: () => this.#activeSamples() }),
      new OwnMetric("http_server_oldest_active_request_age_seconds", { read: () => this.#oldestAge() }),
      new OwnMetric("http_server_untimed_requests_total", { read: () => this.#untimedSamples() }),
      new OwnMetric("http_server_client_errors_total", {
        read: () => this.#clientErrors.samples(),
        reset: () => this.#clientErrors.reset(),
      }),
    ];
    if (!this.#bodySizes) return metrics;
    return [
      ...metrics,
      this.#histogram("http_server_request_body_size_bytes", (series) => series.requestSize),
      this.#histogram("http_server_response_body_size_bytes", (series) => series.responseSize),
    ];
  }

  /** Histograms share their label sets, so that one reset clears all of them. */
  #histogram(name: MetricName, cellOf: (series: RequestSeries) => HistogramCell): OwnMetric {
    const read = (): MetricSample[] => {
      const samples: MetricSample[] = [];
      for (const series of this.#requests.all()) {
        const cell = cellOf(series);
        // The label sets are shared: not every one has a value here.
        if (cell.count > 0) cell.appendTo(samples, name);
      }
      return samples;
    };
    return new OwnMetric(name, { read, reset: () => this.#requests.clear() });
  }

  #activeSamples(): MetricSample[] {
    return [...this.#everActive.keys()]
      .filter((index) => this.#everActive[index] === 1)
      .map((index) => ({ labels: methodSchemeLabels(index), value: this.#active[index] ?? 0 }));
  }

  #oldestAge(): MetricSample[] {
    const seconds = this.#readOldestAge?.() ?? 0;
    return [{ labels: {}, value: Number.isFinite(seconds) ? Math.max(0, seconds) : 0 }];
  }

  #untimedSamples(): MetricSample[] {
    return this.#requests
      .all()
      .filter((series) => series.untimed > 0)
      .map((series) => ({ labels: series.labels, value: series.untimed }));
  }
}
