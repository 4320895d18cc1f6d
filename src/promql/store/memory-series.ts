import type { LabelSet } from "../../logql/parts.ts";
import type { Samples, StoredSeries } from "../series-source.ts";
import { SampleChunk, type SealedChunk } from "./sample-chunk.ts";

/** One series of the store. */
export class MemorySeries implements StoredSeries {
  readonly labels: LabelSet;
  #sealed: SealedChunk[] = [];
  // Kept as chunks come and go: after days there are hundreds, and the store asks after each scrape.
  #sealedBytes = 0;
  #open: SampleChunk | undefined;

  constructor(labels: LabelSet) {
    this.labels = labels;
  }

  get newestMs(): number {
    return this.#open?.lastMs ?? this.#sealed.at(-1)?.lastMs ?? -Infinity;
  }

  get oldestMs(): number {
    return this.#sealed[0]?.firstMs ?? this.#open?.firstMs ?? Infinity;
  }

  get sampleCount(): number {
    return this.#sealed.reduce((sum, { count }) => sum + count, this.#open?.count ?? 0);
  }

  /** Bytes of the packed samples and, roughly, of the labels. */
  get bytes(): number {
    return this.#sealedBytes + (this.#open?.bytes ?? 0) + this.labels.key.length * 2 + seriesOverhead;
  }

  /** Add a sample; false when it is not newer than the last. */
  append(timeMs: number, values: Float64Array, index: number): boolean {
    if (timeMs <= this.newestMs) return false;
    if (this.#open && (this.#open.count >= chunkSamples || timeMs - this.#open.firstMs > chunkSpanMs)) {
      const sealed = this.#open.seal();
      this.#sealed.push(sealed);
      this.#sealedBytes += sealed.bytes;
      this.#open = undefined;
    }
    this.#open ??= new SampleChunk(timeMs);
    this.#open.append(timeMs, values, index);
    return true;
  }

  /** Forget the chunks whose samples are all before a time. */
  forgetBefore(timeMs: number): void {
    const kept = this.#sealed.findIndex(({ lastMs }) => lastMs >= timeMs);
    for (const { bytes } of this.#sealed.splice(0, kept < 0 ? this.#sealed.length : kept))
      this.#sealedBytes -= bytes;
    if (this.#open && this.#open.lastMs < timeMs) this.#open = undefined;
  }

  read(fromMs: number, toMs: number): Samples {
    const chunks = [...this.#sealed, ...(this.#open ? [this.#open] : [])];
    const parts = chunks
      .filter(({ firstMs, lastMs }) => lastMs > fromMs && firstMs <= toMs)
      .map((chunk) => between(chunk.read(), fromMs, toMs));
    const [only] = parts;
    return only && parts.length === 1 ? only : concatenated(parts);
  }
}

// As many as Prometheus puts into a chunk; and no chunk is longer than so, that retention may forget it.
const chunkSamples = 120;
const chunkSpanMs = 2 * 3_600_000;
/** What V8 needs for a series beside its samples: measured, about. */
const seriesOverhead = 400;

function between({ times, values }: Samples, fromMs: number, toMs: number): Samples {
  const from = times.findIndex((time) => time > fromMs);
  const past = times.findIndex((time) => time > toMs);
  const [start, end] = [from < 0 ? times.length : from, past < 0 ? times.length : past];
  return { times: times.subarray(start, end), values: values.subarray(start, end) };
}

function concatenated(parts: readonly Samples[]): Samples {
  const count = parts.reduce((sum, { times }) => sum + times.length, 0);
  const [times, values] = [new Float64Array(count), new Float64Array(count)];
  let at = 0;
  for (const part of parts) {
    times.set(part.times, at);
    values.set(part.values, at);
    at += part.times.length;
  }
  return { times, values };
}
