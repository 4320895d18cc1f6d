import { planColumns, screenOf } from "./columns/column-plan.ts";
import { ColumnReader, verdict } from "./columns/column-reader.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { Entry } from "./labels/entry.ts";
import { entryLabels } from "./labels/entry-labels.ts";
import type { LabelSet } from "./labels/label-set.ts";
import { selectorTest } from "./match/selector.ts";
import type { Direction, EntryLabels, StreamResult, StreamValue } from "./result.ts";
import { type ChunkSource, overlaps, type ScanOptions, type ScanWindow, scanChunk } from "./scan.ts";
import { everything } from "./stages/hints.ts";
import { compilePipeline, type Pipeline } from "./stages/pipeline.ts";
import type { Chunk } from "./store/chunk.ts";
import type { Stream } from "./store/stream.ts";
import { joinTimestamp } from "./store/timestamp.ts";
import type { LogExpression } from "./syntax/ast.ts";

export interface LogQueryOptions {
  readonly window: ScanWindow;
  readonly limit: number;
  readonly direction: Direction;
  readonly categorizeLabels: boolean;
}

interface Found {
  readonly at: number;
  readonly ns: string;
  readonly line: string;
  readonly labels: LabelSet;
  readonly own: EntryLabels | undefined;
}

/** Run a log query: the first entries in time, or the last ones, up to the limit. */
export function runLogQuery(
  log: LogExpression,
  context: EvaluationContext,
  options: LogQueryOptions,
): StreamResult[] {
  const { window, limit, direction } = options;
  const { profile, statistics, store } = context;
  const pipeline = compilePipeline(log, { profile, hints: everything });
  const sign = direction === "forward" ? 1 : -1;
  let found: Found[] = [];
  const visit: ScanOptions["visit"] = (entry, at) => {
    const { line } = entry;
    found.push({ at, ns: joinTimestamp(entry.ms, entry.subNs), line, ...labelsOf(entry, options) });
  };
  const scan: ScanOptions = { keepsLines: true, window, statistics, visit, entry: new Entry() };
  const screen = screenFor(pipeline, context);
  const chunks = candidates(store.streams(), selectorTest(log.selector), window);
  chunks.sort((a, b) =>
    direction === "forward" ? a.chunk.minMs - b.chunk.minMs : b.chunk.maxMs - a.chunk.maxMs,
  );
  for (const source of chunks) {
    if (found.length >= limit) {
      found = nearest(found, limit, sign);
      if (liesBeyond(source.chunk, found.at(-1), { window, sign })) break;
    }
    scanChunk(source, pipeline, { ...scan, lines: screen?.(source) });
  }
  return byStream(nearest(found, limit, sign));
}

// Most lines that do not pass are known by the values of a few fields.
function screenFor(
  pipeline: Pipeline,
  { profile, tables }: EvaluationContext,
): ((source: ChunkSource) => readonly number[] | undefined) | undefined {
  const screen = tables && screenOf(planColumns(pipeline, { profile, hints: everything }));
  if (!screen) return undefined;
  const reader = new ColumnReader(screen, tables);
  return (source) => {
    const read = reader.read(source);
    return read?.lines.filter((_, n) => read.verdicts[n] !== verdict.drop);
  };
}

function labelsOf(entry: Entry, { categorizeLabels }: LogQueryOptions): Pick<Found, "labels" | "own"> {
  if (!categorizeLabels) return { labels: entry.labels(), own: undefined };
  const { stream, ...own } = entry.categorized();
  return { labels: stream, own: entryLabels(own) };
}

function candidates(
  streams: Iterable<Stream>,
  matches: (stream: Stream) => boolean,
  window: ScanWindow,
): { stream: Stream; chunk: Chunk }[] {
  return [...streams]
    .filter(matches)
    .flatMap((stream) =>
      stream.chunks.filter((chunk) => overlaps(chunk, window)).map((chunk) => ({ stream, chunk })),
    );
}

function nearest(found: Found[], limit: number, sign: number): Found[] {
  return found.sort((a, b) => (a.at - b.at) * sign).slice(0, limit);
}

// Chunks come in order, so once one lies wholly past the last entry kept, so do all after it.
function liesBeyond(
  chunk: Chunk,
  last: Found | undefined,
  { window, sign }: { window: ScanWindow; sign: number },
): boolean {
  if (!last) return false;
  const lastMs = window.time.toMs(last.at);
  return sign > 0 ? chunk.minMs > lastMs : chunk.maxMs < lastMs;
}

function byStream(found: readonly Found[]): StreamResult[] {
  const streams = new Map<string, { stream: Record<string, string>; values: StreamValue[] }>();
  for (const { labels, own, ns, line } of found) {
    const value: StreamValue = own ? [ns, line, own] : [ns, line];
    const known = streams.get(labels.key);
    if (known) known.values.push(value);
    else streams.set(labels.key, { stream: labels.toObject(), values: [value] });
  }
  return [...streams.values()];
}
