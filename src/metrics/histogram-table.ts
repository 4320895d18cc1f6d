import { CellTable } from "./cell-table.ts";
import { HistogramCell } from "./histogram-cell.ts";
import { LabelSetLimit, type LabelSetLimitOptions } from "./label-set-limit.ts";
import { type MetricName, metricDefinitions } from "./names.ts";
import { type MetricSample, OwnMetric } from "./own-metric.ts";

/** Where in a trace an observation was made: kept as an exemplar. */
export interface Exemplar {
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
}

/** A histogram with labels: its cells, its limit and the metric that shows them. */
export class HistogramTable {
  readonly metric: OwnMetric;
  readonly limit: LabelSetLimit;
  readonly #cells: CellTable<HistogramCell>;

  constructor(name: MetricName, options: LabelSetLimitOptions) {
    const bounds = metricDefinitions[name].buckets ?? [];
    this.limit = new LabelSetLimit(name, options);
    this.#cells = new CellTable(this.limit, (labels) => new HistogramCell(labels, bounds));
    this.metric = new OwnMetric(name, { read: () => this.#read(name), reset: () => this.#cells.clear() });
  }

  observe(labels: Readonly<Record<string, string | undefined>>, value: number, exemplar?: Exemplar): void {
    const cell = this.#cells.find(labels);
    if (!cell.observe(value, exemplar?.traceId, exemplar?.spanId)) this.limit.rejected += 1;
  }

  #read(name: MetricName): MetricSample[] {
    const samples: MetricSample[] = [];
    for (const cell of this.#cells.all()) cell.appendTo(samples, name);
    return samples;
  }
}
