import { LogqlError } from "../errors.ts";
import type { ChunkSource, ScanStatistics, ScanWindow } from "../scan.ts";
import type { RangeAggregation } from "../syntax/ast.ts";
import { formatStage } from "../syntax/format-stage.ts";
import { QueryTime } from "../time-window.ts";
import type { RangePipeline } from "./range-pipeline.ts";
import type { CachedSeries, SampleCache } from "./sample-cache.ts";
import type { SeriesIndex } from "./series-index.ts";

/** All that decides which samples a chunk gives; the window and what is done with them do not. */
export function signatureOf(
  node: RangeAggregation,
  { grouping, countsBytes }: RangePipeline,
): string | undefined {
  const stages = node.log.stages.map(formatStage).join(" ");
  // A template may ask what time it is.
  if (/\bnow\b/.test(stages)) return undefined;
  const unit = countsBytes ? "bytes" : "";
  return JSON.stringify([stages, unit, grouping && [grouping.without, grouping.names]]);
}

export interface Keeping {
  readonly cache: SampleCache;
  readonly signature: string;
  readonly statistics: ScanStatistics;
  /** Reads the chunk's lines of a window into an index of their own. */
  readonly scan: (window: ScanWindow) => SeriesIndex;
}

/** What a query before this one, or this one, made of a whole chunk that takes no more lines. */
export function keptSamples(
  { chunk }: ChunkSource,
  window: ScanWindow,
  { cache, signature, statistics, scan }: Keeping,
): readonly CachedSeries[] | undefined {
  if (!chunk.sealed) return undefined;
  const known = cache.get(chunk, signature);
  if (known) {
    statistics.bytes += chunk.size;
    statistics.lines += chunk.count;
    return known;
  }
  // A line beyond the window must not fail this query.
  if (chunk.minMs <= window.time.toMs(window.from) || chunk.maxMs >= window.time.toMs(window.to))
    return undefined;
  const time = new QueryTime(BigInt(chunk.minMs) * 1_000_000n);
  const { bytes, lines } = statistics;
  try {
    return cache.set(chunk, signature, scan({ time, from: -Infinity, to: Infinity }).all());
  } catch (error) {
    if (!(error instanceof LogqlError && error.kind === "pipeline")) throw error;
    // Whether the line lies in a window at all is for the scan of the window to say.
    Object.assign(statistics, { bytes, lines });
    return undefined;
  }
}

/** Add those kept samples to an index that lie in a window. */
export function addKept(
  kept: readonly CachedSeries[],
  { chunk }: ChunkSource,
  { window, index }: { readonly window: ScanWindow; readonly index: SeriesIndex },
): void {
  const { time, from, to } = window;
  const shift = time.relative(chunk.minMs, 0);
  for (const { labels, times, values } of kept) {
    const series = index.seriesWith(labels);
    for (let i = 0; i < times.length; i++) {
      const at = (times[i] ?? 0) + shift;
      if (at >= from && at < to) series.add(at, values ? (values[i] ?? 0) : 1);
    }
  }
}
