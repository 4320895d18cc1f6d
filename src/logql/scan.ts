import type { Entry } from "./labels/entry.ts";
import type { Pipeline } from "./stages/pipeline.ts";
import type { Chunk } from "./store/chunk.ts";
import { decodeMetadata } from "./store/metadata.ts";
import type { Stream } from "./store/stream.ts";
import type { QueryTime } from "./time-window.ts";

/** What a query has read so far. */
export interface ScanStatistics {
  lines: number;
  bytes: number;
}

/** Which entries to read: those of the streams with from <= time < to, in nanoseconds relative to the query. */
export interface ScanWindow {
  readonly time: QueryTime;
  readonly from: number;
  readonly to: number;
}

export type ScanVisitor = (entry: Entry, at: number, value: number) => void;

/** Run a pipeline over one chunk; the visitor meets each entry that passes, with its time and its sample. */
export function scanChunk(
  source: { stream: Stream; chunk: Chunk },
  pipeline: Pipeline,
  options: ScanOptions,
): void {
  const { stream, chunk } = source;
  const { window, statistics, visit, entry } = options;
  const { needle } = pipeline;
  entry.enterStream(stream.labels, stream.byName);
  statistics.bytes += chunk.size;
  statistics.lines += chunk.count;
  for (
    let i = needle ? chunk.find(needle, 0) : 0;
    i < chunk.count;
    i = needle ? chunk.find(needle, i + 1) : i + 1
  ) {
    const at = window.time.relative(chunk.ms(i), chunk.subNs(i));
    if (at < window.from || at >= window.to) continue;
    const metadata = chunk.metadata(i);
    entry.reset(chunk.line(i), metadata === "" ? undefined : decodeMetadata(metadata, stream.byName));
    entry.ms = chunk.ms(i);
    entry.subNs = chunk.subNs(i);
    const value = pipeline.run(entry);
    if (value !== undefined) visit(entry, at, value);
  }
}

export interface ScanOptions {
  readonly window: ScanWindow;
  readonly statistics: ScanStatistics;
  readonly entry: Entry;
  readonly visit: ScanVisitor;
}

/** Whether any entry of the chunk can lie in the window. */
export function overlaps(chunk: Chunk, { time, from, to }: ScanWindow): boolean {
  return chunk.maxMs >= time.toMs(from) && chunk.minMs <= time.toMs(to);
}
