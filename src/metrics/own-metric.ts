import { type MetricDefinition, type MetricName, metricDefinitions } from "./names.ts";

export type Labels = Readonly<Record<string, unknown>>;

export interface SampleExemplar {
  readonly labelSet: Labels;
  readonly value: number;
  /** Unix time in seconds. */
  readonly timestamp?: number;
}

/** One line of a metric, in prom-client's structure. */
export interface MetricSample {
  readonly value: number;
  readonly labels?: Labels;
  /** Labels that many samples have in common; together with `labels` they are the sample's. */
  readonly sharedLabels?: Labels;
  /** Where it differs from the family's name: `x_bucket`, `x_sum`, `x_count`. */
  readonly metricName?: string;
  readonly exemplar?: SampleExemplar | null | undefined;
}

/** What a metric's `get()` answers, in prom-client's structure. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly values?: readonly MetricSample[];
  readonly aggregator?: string;
}

export interface OwnMetricOptions {
  /** Reads the metric's samples as they are now. */
  read(): readonly MetricSample[] | Promise<readonly MetricSample[]>;
  /** Sets counts back to nothing; metrics that only read the process have none. */
  reset?(): void;
}

/**
 * A metric that keeps its own cells and shows them in prom-client's structure, so that any reader of the
 * registry sees it. prom-client's own `observe` validates and hashes labels on each call, about 1 µs.
 */
export class OwnMetric {
  /** Writable: an OpenMetrics scrape by prom-client itself cuts `_total` off a counter's name, in place. */
  name: string;
  readonly help: string;
  readonly type: string;
  readonly aggregator: string;
  readonly labelNames: readonly string[];
  readonly unit: string;
  /** Marks a metric as a kit's own, of whatever copy of the kit; closes all that kit's metrics. */
  closeTaffrail: () => void = () => {};
  readonly #options: OwnMetricOptions;

  constructor(name: MetricName, options: OwnMetricOptions) {
    const definition: MetricDefinition = metricDefinitions[name];
    this.name = name;
    this.help = definition.help;
    this.type = definition.type;
    this.aggregator = definition.aggregator ?? "sum";
    this.labelNames = definition.labels;
    this.unit = definition.unit;
    this.#options = options;
  }

  /** The samples with their labels joined, as prom-client's JSON and its cluster aggregation want them. */
  async get(): Promise<MetricFamily> {
    const family = await this.getForPromString();
    return { ...family, values: (family.values ?? []).map(joinLabels) };
  }

  /** The samples with shared labels apart, as prom-client's text writer and the kit's own want them. */
  async getForPromString(): Promise<MetricFamily> {
    const values = await this.#options.read();
    return { name: this.name, help: this.help, type: this.type, values, aggregator: this.aggregator };
  }

  reset(): void {
    this.#options.reset?.();
  }
}

function joinLabels(sample: MetricSample): MetricSample {
  const { sharedLabels, ...rest } = sample;
  return { ...rest, labels: { ...sharedLabels, ...sample.labels } };
}
