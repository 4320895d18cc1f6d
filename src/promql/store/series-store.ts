import type { LabelSet } from "../../logql/parts.ts";
import type { SeriesSource } from "../series-source.ts";
import { writeStaleMarker } from "../staleness.ts";
import type { Matcher } from "../syntax/ast.ts";
import { MemorySeries } from "./memory-series.ts";

export interface SeriesStoreOptions {
  /**
   * Bytes that samples and labels may take; the oldest samples go first.
   * @default 67108864
   */
  readonly maxBytes?: number;
  /**
   * Milliseconds, back from the newest sample, that samples are kept.
   * @default no limit
   */
  readonly maxAgeMs?: number;
}

/** A bounded store of series in memory. */
export class SeriesStore implements SeriesSource {
  readonly #maxBytes: number;
  readonly #maxAgeMs: number;
  readonly #series: Map<string, MemorySeries> = new Map();
  readonly #byName: Map<string, Set<MemorySeries>> = new Map();
  readonly #scratch = new Float64Array(1);
  #newestMs = -Infinity;

  constructor({ maxBytes = 64 * 1024 * 1024, maxAgeMs = Infinity }: SeriesStoreOptions = {}) {
    this.#maxBytes = maxBytes;
    this.#maxAgeMs = maxAgeMs;
  }

  get seriesCount(): number {
    return this.#series.size;
  }

  get sampleCount(): number {
    return this.#all().reduce((sum, { sampleCount }) => sum + sampleCount, 0);
  }

  get bytes(): number {
    return this.#all().reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Add a sample at a whole millisecond; false when the series has one as new, or newer. */
  append(labels: LabelSet, timeMs: number, value: number): boolean {
    this.#scratch[0] = value;
    return this.#append(labels, timeMs);
  }

  /** Mark the end of a series. */
  appendStale(labels: LabelSet, timeMs: number): boolean {
    writeStaleMarker(this.#scratch, 0);
    return this.#append(labels, timeMs);
  }

  select(matchers: readonly Matcher[]): MemorySeries[] {
    const name = matchers.find((matcher) => matcher.name === "__name__" && matcher.operator === "=");
    const candidates = name ? [...(this.#byName.get(name.value) ?? [])] : this.#all();
    return candidates.filter(({ labels }) =>
      matchers.every((matcher) => matcher === name || matcher.matches(labels.get(matcher.name) ?? "")),
    );
  }

  /** Forget what is too old, or too much. Call it now and then, such as after each scrape. */
  enforceLimits(): void {
    this.#forgetBefore(this.#newestMs - this.#maxAgeMs);
    let cutMs = this.#all().reduce((oldest, series) => Math.min(oldest, series.oldestMs), this.#newestMs);
    while (this.bytes > this.#maxBytes && cutMs < this.#newestMs) {
      // An eighth of the time held: often enough to keep most, and seldom enough to cost little.
      cutMs += Math.max(1, (this.#newestMs - cutMs) / 8);
      this.#forgetBefore(cutMs);
    }
  }

  #append(labels: LabelSet, timeMs: number): boolean {
    const series = this.#series.get(labels.key) ?? this.#create(labels);
    this.#newestMs = Math.max(this.#newestMs, timeMs);
    return series.append(timeMs, this.#scratch, 0);
  }

  #create(labels: LabelSet): MemorySeries {
    const series = new MemorySeries(labels);
    this.#series.set(labels.key, series);
    const name = labels.get("__name__") ?? "";
    const named = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, named.add(series));
    return series;
  }

  #forgetBefore(timeMs: number): void {
    for (const [key, series] of this.#series) {
      series.forgetBefore(timeMs);
      if (series.newestMs > -Infinity) continue;
      this.#series.delete(key);
      this.#forgetName(series);
    }
  }

  #forgetName(series: MemorySeries): void {
    const name = series.labels.get("__name__") ?? "";
    const named = this.#byName.get(name);
    named?.delete(series);
    if (named?.size === 0) this.#byName.delete(name);
  }

  #all(): MemorySeries[] {
    return [...this.#series.values()];
  }
}
