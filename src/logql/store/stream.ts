import type { LabelSet } from "../labels/label-set.ts";
import { Chunk } from "./chunk.ts";
import type { EncodedMetadata } from "./metadata.ts";
import type { Timestamp } from "./timestamp.ts";

/** One stream: its labels, and its entries in chunks, oldest chunk first. */
export class Stream {
  readonly labels: LabelSet;
  readonly byName: ReadonlyMap<string, string>;
  readonly chunks: Chunk[] = [];

  constructor(labels: LabelSet) {
    this.labels = labels;
    this.byName = new Map(labels.entries());
  }

  /** Add an entry; a second one with the same time, line and metadata is the same entry, and is left out. */
  append(
    time: Timestamp,
    line: string,
    options: { readonly metadata: EncodedMetadata; readonly chunkBytes: number },
  ): Chunk | undefined {
    if (this.#holds(time, line, options.metadata.text)) return undefined;
    let chunk = this.chunks.at(-1);
    if (!chunk || chunk.size + line.length > options.chunkBytes) {
      chunk?.seal();
      chunk = new Chunk(Math.min(options.chunkBytes, line.length * 4));
      this.chunks.push(chunk);
    }
    chunk.append(time, line, options.metadata);
    return chunk;
  }

  #holds(time: Timestamp, line: string, metadata: string): boolean {
    const chunk = this.chunks.at(-1);
    if (!chunk || time.ms > chunk.maxMs) return false;
    for (let i = chunk.count - 1; i >= 0 && chunk.ms(i) >= time.ms; i--) {
      if (chunk.ms(i) !== time.ms || chunk.subNs(i) !== time.subNs) continue;
      if (chunk.line(i) === line && chunk.metadata(i) === metadata) return true;
    }
    return false;
  }
}
