import type { Labels, MetricSample, SampleExemplar } from "./own-metric.ts";

interface BucketExemplar {
  traceId: string;
  spanId: string | undefined;
  value: number;
  timestampMs: number;
}

/** One label set of a histogram: a handful of numbers, and an observe that allocates nothing. */
export class HistogramCell {
  readonly labels: Labels;
  readonly #bounds: readonly number[];
  /** Not cumulative; the last one is what lies above every bound. */
  readonly #counts: Float64Array;
  #sum = 0;
  #exemplars: (BucketExemplar | undefined)[] | undefined;

  constructor(labels: Labels, bounds: readonly number[]) {
    this.labels = labels;
    this.#bounds = bounds;
    this.#counts = new Float64Array(bounds.length + 1);
  }

  /** Counts a value; false when it is none that a sum survives: negative, infinite or not a number. */
  observe(value: number, traceId?: string, spanId?: string): boolean {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) return false;
    const bounds = this.#bounds;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] ?? Number.POSITIVE_INFINITY)) bucket += 1;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#sum += value;
    if (traceId !== undefined) this.#keepExemplar(bucket, value, traceId, spanId);
    return true;
  }

  get count(): number {
    return this.#counts.reduce((total, one) => total + one, 0);
  }

  /** Appends this cell's lines: cumulative buckets, `+Inf`, sum and count. */
  appendTo(samples: MetricSample[], name: string): void {
    const sharedLabels = this.labels;
    const { count } = this;
    const metricName = `${name}_bucket`;
    let cumulative = 0;
    for (const [bucket, bound] of this.#bounds.entries()) {
      cumulative += this.#counts[bucket] ?? 0;
      const exemplar = this.#exemplar(bucket);
      samples.push({ labels: { le: bound }, sharedLabels, metricName, value: cumulative, exemplar });
    }
    const exemplar = this.#exemplar(this.#bounds.length);
    samples.push({ labels: { le: "+Inf" }, sharedLabels, metricName, value: count, exemplar });
    samples.push({ labels: {}, sharedLabels, metricName: `${name}_sum`, value: this.#sum });
    samples.push({ labels: {}, sharedLabels, metricName: `${name}_count`, value: count });
  }

  #keepExemplar(bucket: number, value: number, traceId: string, spanId: string | undefined): void {
    this.#exemplars ??= [];
    const kept = this.#exemplars[bucket];
    if (kept === undefined) {
      this.#exemplars[bucket] = { traceId, spanId, value, timestampMs: Date.now() };
      return;
    }
    kept.traceId = traceId;
    kept.spanId = spanId;
    kept.value = value;
    kept.timestampMs = Date.now();
  }

  /** A copy: the cell goes on changing while a scrape is written. */
  #exemplar(bucket: number): SampleExemplar | undefined {
    const kept = this.#exemplars?.[bucket];
    if (kept === undefined) return undefined;
    const labelSet =
      kept.spanId === undefined
        ? { trace_id: kept.traceId }
        : { trace_id: kept.traceId, span_id: kept.spanId };
    return { labelSet, value: kept.value, timestamp: kept.timestampMs / 1000 };
  }
}
