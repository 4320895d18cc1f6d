import type { EncodedMetadata } from "./metadata.ts";

/**
 * A run of entries of one stream: their text in one buffer outside the JavaScript heap, their times and offsets in
 * typed arrays. An entry costs its bytes and 16 more, where an object a line would cost several times its text.
 */
export class Chunk {
  #bytes: Buffer;
  #count = 0;
  #used = 0;
  // #starts[i] is where the line begins, #ends[i] where it ends; metadata lies from there to the next start.
  #starts: Uint32Array;
  #ends: Uint32Array;
  #ms: Float64Array;
  #subNs: Uint32Array;
  #ascii = true;
  /** The names in the metadata of its lines. */
  readonly metadataNames: Set<string> = new Set();
  minMs: number = Infinity;
  maxMs: number = -Infinity;
  /** Whether times never go back within the chunk. */
  sorted = true;
  /** Whether it takes no more entries. */
  sealed = false;

  constructor(firstBytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(Math.max(firstBytes, 1024));
    this.#starts = new Uint32Array(16);
    this.#ends = new Uint32Array(16);
    this.#ms = new Float64Array(16);
    this.#subNs = new Uint32Array(16);
  }

  get hasMetadata(): boolean {
    return this.metadataNames.size > 0;
  }

  get count(): number {
    return this.#count;
  }

  /** Bytes of text held. */
  get size(): number {
    return this.#used;
  }

  /** Bytes of memory taken. */
  get footprint(): number {
    return this.#bytes.length + this.#starts.byteLength * 2 + this.#ms.byteLength + this.#subNs.byteLength;
  }

  append(
    time: { readonly ms: number; readonly subNs: number },
    line: string,
    { text: metadata, names }: EncodedMetadata,
  ): void {
    this.#reserve((line.length + metadata.length) * 3);
    const i = this.#count++;
    const start = this.#used;
    const end = start + this.#bytes.write(line, start, "utf8");
    this.#ascii &&= end - start === line.length;
    this.#used = metadata === "" ? end : end + this.#bytes.write(metadata, end, "utf8");
    for (const name of names) this.metadataNames.add(name);
    this.#starts[i] = start;
    this.#ends[i] = end;
    this.#ms[i] = time.ms;
    this.#subNs[i] = time.subNs;
    if (i > 0 && this.sorted)
      this.sorted =
        time.ms > this.ms(i - 1) || (time.ms === this.ms(i - 1) && time.subNs >= this.subNs(i - 1));
    this.minMs = Math.min(this.minMs, time.ms);
    this.maxMs = Math.max(this.maxMs, time.ms);
  }

  ms(i: number): number {
    return this.#ms[i] ?? 0;
  }

  subNs(i: number): number {
    return this.#subNs[i] ?? 0;
  }

  line(i: number): string {
    const start = this.#starts[i] ?? 0;
    const end = this.#ends[i] ?? 0;
    return this.#bytes.toString(this.#ascii ? "latin1" : "utf8", start, end);
  }

  /**
   * The lines from `i` on, up to some size, as one text with the offset at which it begins: an ASCII chunk is decoded
   * some hundred lines at a time. Undefined where offsets in bytes are none in the text.
   */
  block(i: number): Block | undefined {
    if (!this.#ascii) return undefined;
    const first = this.#starts[i] ?? 0;
    let to = i + 1;
    while (to < this.#count && (this.#ends[to] ?? 0) - first <= blockBytes) to++;
    return { first, to, text: this.#bytes.toString("latin1", first, this.#ends[to - 1]) };
  }

  start(i: number): number {
    return this.#starts[i] ?? 0;
  }

  end(i: number): number {
    return this.#ends[i] ?? 0;
  }

  /** The encoded metadata; "" when the entry has none. */
  metadata(i: number): string {
    const end = this.#ends[i] ?? 0;
    const next = i + 1 < this.#count ? (this.#starts[i + 1] ?? 0) : this.#used;
    return end === next ? "" : this.#bytes.toString("utf8", end, next);
  }

  /** The first entry from `i` on whose line holds the bytes; the count when none does. Searches across lines at once. */
  find(needle: Buffer, i: number): number {
    if (i >= this.#count) return this.#count;
    let at = i;
    let from = this.#starts[i] ?? this.#used;
    for (;;) {
      const found = this.#bytes.indexOf(needle, from);
      if (found < 0 || found + needle.length > this.#used) return this.#count;
      while (at + 1 < this.#count && (this.#starts[at + 1] ?? 0) <= found) at++;
      if (found + needle.length <= (this.#ends[at] ?? 0)) return at;
      // The match lies in metadata, or over the end of a line.
      from = found + 1;
    }
  }

  /** Every entry from `i` on whose line holds the bytes. Where most do, this is faster than to look for one after the other. */
  *findAll(needle: Buffer, i: number): Iterable<number> {
    const text = needle.toString("latin1");
    let at = i;
    while (this.#ascii && at < this.#count) {
      const block = this.block(at);
      if (!block) break;
      for (let found = block.text.indexOf(text); found >= 0; found = block.text.indexOf(text, found)) {
        while (this.end(at) - block.first <= found) at++;
        const end = this.end(at) - block.first;
        // A match over the end of a line, or in metadata, is none.
        if (found < this.start(at) - block.first || found + text.length > end) found++;
        else {
          yield at;
          found = end;
        }
      }
      at = block.to;
    }
    for (at = this.find(needle, at); at < this.#count; at = this.find(needle, at + 1)) yield at;
  }

  /** Take no more entries, and give back the room that growth left over. */
  seal(): void {
    this.sealed = true;
    this.#bytes = copied(this.#bytes, this.#used);
    this.#starts = this.#starts.slice(0, this.#count);
    this.#ends = this.#ends.slice(0, this.#count);
    this.#ms = this.#ms.slice(0, this.#count);
    this.#subNs = this.#subNs.slice(0, this.#count);
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes > this.#bytes.length) {
      this.#bytes = copied(this.#bytes, Math.max(this.#used + bytes, this.#bytes.length * 2), this.#used);
    }
    if (this.#count < this.#ms.length) return;
    const room = this.#count * 2;
    this.#starts = grown(this.#starts, new Uint32Array(room));
    this.#ends = grown(this.#ends, new Uint32Array(room));
    this.#ms = grown(this.#ms, new Float64Array(room));
    this.#subNs = grown(this.#subNs, new Uint32Array(room));
  }
}

/** Lines of a chunk up to, and without, the one with number `to`. */
export interface Block {
  readonly first: number;
  readonly to: number;
  readonly text: string;
}

// Small enough to be born in V8's young generation.
const blockBytes = 64 * 1024;

function copied(bytes: Buffer, length: number, used: number = length): Buffer {
  const copy = Buffer.allocUnsafeSlow(length);
  bytes.copy(copy, 0, 0, used);
  return copy;
}

function grown<T extends Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
