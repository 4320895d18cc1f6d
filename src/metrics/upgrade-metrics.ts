import { CellTable } from "./cell-table.ts";
import { type Exemplar, HistogramTable } from "./histogram-table.ts";
import { knownStatus } from "./http-labels.ts";
import { LabelSetLimit, type LabelSetLimitOptions } from "./label-set-limit.ts";
import type { MetricsPart } from "./metrics-part.ts";
import type { MetricName } from "./names.ts";
import { type Labels, OwnMetric } from "./own-metric.ts";

interface Cell {
  readonly labels: Labels;
  value: number;
}

/** Measures connections that were upgraded: their durations are no latencies, and have a histogram of their own. */
export class UpgradeMetrics implements MetricsPart {
  readonly metrics: readonly OwnMetric[];
  readonly limits: readonly LabelSetLimit[];
  readonly #durations: HistogramTable;
  readonly #answers: CellTable<Cell>;
  readonly #active: CellTable<Cell>;

  constructor(options: LabelSetLimitOptions) {
    const answers = new LabelSetLimit("http_server_upgrades_total", options);
    const active = new LabelSetLimit("http_server_active_upgraded_connections", options);
    this.#durations = new HistogramTable("http_server_upgraded_connection_duration_seconds", options);
    this.#answers = new CellTable(answers, (labels) => ({ labels, value: 0 }));
    this.#active = new CellTable(active, (labels) => ({ labels, value: 0 }));
    this.limits = [this.#durations.limit, answers, active];
    this.metrics = [
      metricOf("http_server_upgrades_total", this.#answers),
      metricOf("http_server_active_upgraded_connections", this.#active),
      this.#durations.metric,
    ];
  }

  /** @param status undefined where nobody answered */
  answered(protocol: string, status: number | undefined, errorType: string | undefined): void {
    const known = knownStatus(status);
    this.#answers.find({
      network_protocol_name: protocol,
      http_response_status_code: known === 0 ? undefined : String(known),
      error_type: errorType,
    }).value += 1;
    if (status === 101) this.#active.find({ network_protocol_name: protocol }).value += 1;
  }

  closed(protocol: string, durationSeconds: number, exemplar: Exemplar): void {
    const active = this.#active.find({ network_protocol_name: protocol });
    // A registry reset in between must not leave the gauge below zero for ever.
    if (active.value > 0) active.value -= 1;
    this.#durations.observe({ network_protocol_name: protocol }, durationSeconds, exemplar);
  }
}

function metricOf(name: MetricName, cells: CellTable<Cell>): OwnMetric {
  return new OwnMetric(name, {
    read: () => cells.all().map(({ labels, value }) => ({ labels, value })),
    reset: () => cells.clear(),
  });
}
