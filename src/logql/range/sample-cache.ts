import type { LabelSet } from "../labels/label-set.ts";
import type { Chunk } from "../store/chunk.ts";
import type { SeriesSamples } from "./series-samples.ts";

/** The samples that one chunk gives to one series of a range aggregation. */
export interface CachedSeries {
  readonly labels: LabelSet;
  /** Nanoseconds since the chunk's least millisecond: they mean the same in every query. */
  readonly times: Float64Array;
  /** Missing where each is 1, as in all counts. */
  readonly values: Float64Array | undefined;
}

const maxBytes = 48 * 1024 * 1024;
// More series than a panel shows: their labels would weigh more than what reading the chunk anew costs.
const maxSeries = 200;
const seriesBytes = 400;

interface Held {
  readonly key: string;
  readonly series: readonly CachedSeries[];
  readonly bytes: number;
}

/**
 * What queries made of chunks that take no more lines. The panels of a dashboard ask the same of the same lines, of each
 * other's and again at every refresh. What was not asked for longest goes first.
 */
export class SampleCache {
  // By age: a map keeps the order in which keys are set.
  readonly #held: Map<string, Held> = new Map();
  readonly #numbers: WeakMap<Chunk, number> = new WeakMap();
  #lastNumber = 0;
  #bytes = 0;

  /** What is held of a chunk for a query's part, by its signature. */
  get(chunk: Chunk, signature: string): readonly CachedSeries[] | undefined {
    const key = this.#keyOf(chunk, signature);
    const held = this.#held.get(key);
    if (!held) return undefined;
    this.#held.delete(key);
    this.#held.set(key, held);
    return held.series;
  }

  /** Hold the samples of a whole chunk, whose times are nanoseconds since its least millisecond. */
  set(chunk: Chunk, signature: string, series: readonly SeriesSamples[]): readonly CachedSeries[] {
    const cached = series.map(trimmed);
    const bytes = cached.reduce((sum, one) => sum + bytesOf(one), 0);
    if (cached.length > maxSeries) return cached;
    const key = this.#keyOf(chunk, signature);
    this.#held.set(key, { key, series: cached, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#held.values()) {
      if (this.#bytes <= maxBytes) break;
      this.#held.delete(oldest.key);
      this.#bytes -= oldest.bytes;
    }
    return cached;
  }

  #keyOf(chunk: Chunk, signature: string): string {
    let number = this.#numbers.get(chunk);
    if (number === undefined) {
      number = ++this.#lastNumber;
      this.#numbers.set(chunk, number);
    }
    return `${number} ${signature}`;
  }
}

function trimmed({ labels, times, values, count }: SeriesSamples): CachedSeries {
  const kept = values.subarray(0, count);
  return {
    labels,
    times: times.slice(0, count),
    values: kept.every((value) => value === 1) ? undefined : kept.slice(),
  };
}

function bytesOf({ times, values }: CachedSeries): number {
  return seriesBytes + times.byteLength + (values?.byteLength ?? 0);
}
