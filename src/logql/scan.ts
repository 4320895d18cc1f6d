import type { Entry } from "./labels/entry.ts";
import type { Pipeline } from "./stages/pipeline.ts";
import type { Chunk } from "./store/chunk.ts";
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

type ScanVisitor = (entry: Entry, at: number, value: number) => void;

/** Run a pipeline over one chunk; the visitor meets each entry that passes, with its time and its sample. */
export function scanChunk(source: ChunkSource, pipeline: Pipeline, options: ScanOptions): void {
  const { stream, chunk } = source;
  const { statistics, entry } = options;
  entry.enterStream(stream.labels, stream.byName);
  statistics.bytes += chunk.size;
  statistics.lines += chunk.count;
  if (options.lines) scanNamed(source, pipeline, { ...options, lines: options.lines });
  else if (pipeline.needle) scanMatches(source, pipeline, { ...options, needle: pipeline.needle });
  else if (options.keepsLines) scanLines(source, pipeline, options);
  else scanBlocks(source, pipeline, options);
}

export interface ChunkSource {
  readonly stream: Stream;
  readonly chunk: Chunk;
}

function scanNamed(
  source: ChunkSource,
  pipeline: Pipeline,
  options: ScanOptions & { lines: readonly number[] },
): void {
  const run = { pipeline, options };
  for (const i of options.lines) scanLine(source, i, run);
}

function scanMatches(
  source: ChunkSource,
  pipeline: Pipeline,
  options: ScanOptions & { needle: Buffer },
): void {
  const { chunk } = source;
  const { needle } = options;
  for (let i = chunk.find(needle, 0); i < chunk.count; i = chunk.find(needle, i + 1))
    scanLine(source, i, { pipeline, options });
}

function scanLines(source: ChunkSource, pipeline: Pipeline, options: ScanOptions): void {
  const run = { pipeline, options };
  for (let i = 0; i < source.chunk.count; i++) scanLine(source, i, run);
}

interface Run {
  readonly pipeline: Pipeline;
  readonly options: ScanOptions;
}

/** Run a pipeline over one line of a chunk whose stream the entry has entered. */
export function scanLine({ chunk }: ChunkSource, i: number, { pipeline, options }: Run): void {
  const { window, entry, visit } = options;
  const at = window.time.relative(chunk.ms(i), chunk.subNs(i));
  if (at < window.from || at >= window.to) return;
  entry.reset(chunk.line(i), undefined);
  if (chunk.hasMetadata) entry.holdMetadata(chunk.metadata(i));
  entry.ms = chunk.ms(i);
  entry.subNs = chunk.subNs(i);
  const value = pipeline.run(entry);
  if (value !== undefined) visit(entry, at, value);
}

// Lines are read in place, within the text of their block: most need never be strings of their own.
function scanBlocks(source: ChunkSource, pipeline: Pipeline, options: ScanOptions): void {
  const { chunk } = source;
  const { window, entry, visit } = options;
  for (let i = 0; i < chunk.count; ) {
    const block = chunk.block(i);
    if (!block) {
      scanLines(source, pipeline, options);
      return;
    }
    for (; i < block.to; i++) {
      const at = window.time.relative(chunk.ms(i), chunk.subNs(i));
      if (at < window.from || at >= window.to) continue;
      entry.resetWithin(block.text, chunk.start(i) - block.first, chunk.end(i) - block.first);
      if (chunk.hasMetadata) entry.holdMetadata(chunk.metadata(i));
      entry.ms = chunk.ms(i);
      entry.subNs = chunk.subNs(i);
      const value = pipeline.run(entry);
      if (value !== undefined) visit(entry, at, value);
    }
  }
}

export interface ScanOptions {
  /** The visitor keeps lines: each is decoded on its own, so as not to hold a block in memory. */
  readonly keepsLines: boolean;
  readonly window: ScanWindow;
  readonly statistics: ScanStatistics;
  readonly entry: Entry;
  readonly visit: ScanVisitor;
  /** The lines that may pass, where that is known. */
  readonly lines?: readonly number[] | undefined;
}

/** Whether any entry of the chunk can lie in the window. */
export function overlaps(chunk: Chunk, { time, from, to }: ScanWindow): boolean {
  return chunk.maxMs >= time.toMs(from) && chunk.minMs <= time.toMs(to);
}
