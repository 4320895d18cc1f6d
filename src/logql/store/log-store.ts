import { LabelSet } from "../labels/label-set.ts";
import type { Chunk } from "./chunk.ts";
import { encodeMetadata } from "./metadata.ts";
import { Stream } from "./stream.ts";
import { splitTimestamp } from "./timestamp.ts";

export interface LogStoreOptions {
  /**
   * Bytes of log text kept; the oldest go first.
   * @default 268435456
   */
  readonly maxBytes?: number;
  /**
   * Milliseconds an entry is kept, counted back from the newest entry.
   * @default Infinity
   */
  readonly maxAge?: number;
}

/** One stream of Loki's push request. */
export interface PushStream {
  readonly stream: Readonly<Record<string, string>>;
  /** `[nanoseconds, line]`, with structured metadata as an optional third. */
  readonly values: readonly PushValue[];
}

export type PushValue =
  | readonly [time: string | bigint, line: string]
  | readonly [time: string | bigint, line: string, metadata: Readonly<Record<string, string>>];

/**
 * A bounded store of log entries in memory. It forgets by whole chunks, the oldest first.
 * @example store.push([{ stream: { app: "shop" }, values: [["1700000000000000000", "hello"]] }]);
 */
export class LogStore {
  readonly #maxBytes: number;
  readonly #maxAge: number;
  readonly #chunkBytes: number;
  readonly #streams: Map<string, Stream> = new Map();
  // Chunks in the order they began, which is the order in which they are forgotten.
  #ring: { readonly stream: Stream; readonly chunk: Chunk }[] = [];
  #bytes = 0;
  #newestMs = -Infinity;

  constructor(options: LogStoreOptions = {}) {
    this.#maxBytes = options.maxBytes ?? 256 * 1024 * 1024;
    this.#maxAge = options.maxAge ?? Infinity;
    this.#chunkBytes = Math.min(maxChunkBytes, Math.max(1024, Math.floor(this.#maxBytes / 16)));
  }

  /** Bytes of text held. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes of memory taken for it. */
  get footprint(): number {
    return this.#ring.reduce((sum, { chunk }) => sum + chunk.footprint, 0);
  }

  get entryCount(): number {
    return this.#ring.reduce((sum, { chunk }) => sum + chunk.count, 0);
  }

  /**
   * Add entries, in the shape of Loki's push request.
   * @throws TypeError when a timestamp is not nanoseconds.
   */
  push(streams: readonly PushStream[]): void {
    for (const { stream: labels, values } of streams) {
      const stream = this.#stream(labels);
      for (const value of values) this.#append(stream, value);
      this.#forget();
    }
  }

  /** Every stream that still holds entries. */
  streams(): Iterable<Stream> {
    return this.#streams.values();
  }

  /** The labels of every stream that still holds entries. */
  series(): Record<string, string>[] {
    return [...this.#streams.values()].map((stream) => stream.labels.toObject());
  }

  clear(): void {
    this.#streams.clear();
    this.#ring = [];
    this.#bytes = 0;
    this.#newestMs = -Infinity;
  }

  #stream(labels: Readonly<Record<string, string>>): Stream {
    const set = LabelSet.from(Object.entries(labels).filter(([, value]) => value !== ""));
    const known = this.#streams.get(set.key);
    if (known) return known;
    const stream = new Stream(set);
    this.#streams.set(set.key, stream);
    return stream;
  }

  #append(stream: Stream, value: PushValue): void {
    const time = splitTimestamp(value[0]);
    const metadata = encodeMetadata(value[2]);
    const before = stream.chunks.at(-1);
    const sizeBefore = before?.size ?? 0;
    const chunk = stream.append(time, value[1], { metadata, chunkBytes: this.#chunkBytes });
    if (!chunk) return;
    if (chunk !== before) this.#ring.push({ stream, chunk });
    this.#bytes += chunk.size - (chunk === before ? sizeBefore : 0);
    this.#newestMs = Math.max(this.#newestMs, time.ms);
  }

  #forget(): void {
    let gone = 0;
    for (const { stream, chunk } of this.#ring) {
      const old = chunk.maxMs < this.#newestMs - this.#maxAge;
      if (!old && this.#bytes <= this.#maxBytes) break;
      this.#bytes -= chunk.size;
      stream.chunks.splice(stream.chunks.indexOf(chunk), 1);
      if (stream.chunks.length === 0) this.#streams.delete(stream.labels.key);
      gone++;
    }
    if (gone > 0) this.#ring.splice(0, gone);
  }
}

const maxChunkBytes = 1024 * 1024;
