import { type Exemplar, HistogramTable } from "./histogram-table.ts";
import { knownStatus } from "./http-labels.ts";
import type { LabelSetLimit, LabelSetLimitOptions } from "./label-set-limit.ts";
import type { MetricsPart } from "./metrics-part.ts";
import type { OwnMetric } from "./own-metric.ts";

/** What is known of an outgoing call when it ends. */
export interface HttpClientSample extends Exemplar {
  /** Of the bounded set. */
  readonly method: string;
  readonly address: string;
  readonly port: number | undefined;
  /** Undefined when no answer came. */
  readonly status: number | undefined;
  /** On failure only, a 4xx included. */
  readonly errorType: string | undefined;
  readonly durationSeconds: number;
}

/** Measures outgoing calls. A service that calls more hosts than the limit of label sets allows keeps right totals. */
export class HttpClientMetrics implements MetricsPart {
  readonly metrics: readonly OwnMetric[];
  readonly limits: readonly LabelSetLimit[];
  readonly #durations: HistogramTable;

  constructor(options: LabelSetLimitOptions) {
    this.#durations = new HistogramTable("http_client_request_duration_seconds", options);
    this.metrics = [this.#durations.metric];
    this.limits = [this.#durations.limit];
  }

  observe(sample: HttpClientSample): void {
    const status = knownStatus(sample.status);
    const labels = {
      http_request_method: sample.method,
      server_address: sample.address,
      server_port: sample.port === undefined ? undefined : String(sample.port),
      http_response_status_code: status === 0 ? undefined : String(status),
      error_type: sample.errorType,
    };
    this.#durations.observe(labels, sample.durationSeconds, sample);
  }
}
