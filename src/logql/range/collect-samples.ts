import type { ColumnReader, JudgedLines } from "../columns/column-reader.ts";
import { LogqlError } from "../errors.ts";
import type { EvaluationContext } from "../evaluation-context.ts";
import { Entry } from "../labels/entry.ts";
import { selectorTest } from "../match/selector.ts";
import {
  type ChunkSource,
  overlaps,
  type ScanOptions,
  type ScanWindow,
  scanChunk,
  scanLine,
} from "../scan.ts";
import type { Steps } from "../steps.ts";
import type { Grouping, RangeAggregation } from "../syntax/ast.ts";
import { sampleColumns, seriesReader } from "./column-samples.ts";
import { addKept, keptSamples, signatureOf } from "./kept-samples.ts";
import { pipelineError } from "./pipeline-error.ts";
import { compileRange, type RangePipeline } from "./range-pipeline.ts";
import type { CachedSeries } from "./sample-cache.ts";
import { SeriesIndex } from "./series-index.ts";
import type { SeriesSamples } from "./series-samples.ts";

/** The samples of a range aggregation by series, in the order of time, over all that its windows can reach. */
export function collectSamples(
  node: RangeAggregation,
  context: EvaluationContext,
  grouping: Grouping | undefined,
): SeriesSamples[] {
  const { store, steps, ledger } = context;
  // The window is open at its start and closed at its end: shifted by one nanosecond it is what scanChunk takes.
  const window: ScanWindow = {
    time: context.time,
    from: ledger ? -Infinity : steps.first - node.offsetNs - node.rangeNs + 1,
    to: ledger ? Infinity : steps.last - node.offsetNs + 1,
  };
  const gathering = new Gathering(node, context, grouping);
  const matches = selectorTest(node.log.selector);
  for (const stream of store.streams()) {
    if (!matches(stream)) continue;
    for (const chunk of stream.chunks) if (overlaps(chunk, window)) gathering.take({ stream, chunk }, window);
  }
  ledger?.check(node, steps);
  // While a ledger is fed there are no steps, and order does not matter yet.
  if (steps.count === 0) return [];
  const series = gathering.index.all();
  for (const samples of series) samples.sort();
  return series;
}

/** Reads chunk after chunk into one index of series. */
class Gathering {
  readonly index: SeriesIndex;
  readonly #node: RangeAggregation;
  readonly #context: EvaluationContext;
  readonly #range: RangePipeline;
  readonly #entry: Entry = new Entry();
  /** Undefined where lines must be read one by one. */
  readonly #columns: ColumnReader | undefined;
  /** Undefined where samples can't be kept for another query. */
  readonly #signature: string | undefined;

  constructor(node: RangeAggregation, context: EvaluationContext, grouping: Grouping | undefined) {
    const { profile, ledger } = context;
    this.#node = node;
    this.#context = context;
    this.#range = compileRange(node, grouping, profile);
    this.index = ledger?.indexOf(node, () => this.#newIndex()) ?? this.#newIndex();
    this.#columns = seriesReader(this.#range.pipeline, { ...context, ...this.#range });
    this.#signature = ledger ? undefined : signatureOf(node, this.#range);
  }

  take(source: ChunkSource, window: ScanWindow): void {
    const judged = this.#columns?.read(source);
    if (judged) this.#sample(judged, source, window);
    else this.#readLines(source, window);
    if (this.index.size > this.#context.limits.maxInnerSeries)
      throw new LogqlError("limit", `more than ${this.#context.limits.maxInnerSeries} series`);
  }

  #sample(judged: JudgedLines, source: ChunkSource, window: ScanWindow): void {
    const { statistics } = this.#context;
    statistics.bytes += source.chunk.size;
    statistics.lines += source.chunk.count;
    const run = { pipeline: this.#range.pipeline, options: this.#scanOptions(window, this.index) };
    run.options.entry.enterStream(source.stream.labels, source.stream.byName);
    sampleColumns(judged, source, {
      names: this.#range.grouping?.names ?? [],
      countsBytes: this.#range.countsBytes,
      window,
      index: this.index,
      ask: (line) => scanLine(source, line, run),
    });
  }

  #readLines(source: ChunkSource, window: ScanWindow): void {
    const kept = this.#kept(source, window);
    if (kept) addKept(kept, source, { window, index: this.index });
    else this.#scan(source, window, this.index);
  }

  #kept(source: ChunkSource, window: ScanWindow): readonly CachedSeries[] | undefined {
    const { samples: cache, statistics } = this.#context;
    const signature = this.#signature;
    if (!cache || signature === undefined) return undefined;
    const scan = (whole: ScanWindow): SeriesIndex => this.#scan(source, whole, this.#newIndex());
    return keptSamples(source, window, { cache, signature, statistics, scan });
  }

  #scan(source: ChunkSource, window: ScanWindow, index: SeriesIndex): SeriesIndex {
    scanChunk(source, this.#range.pipeline, this.#scanOptions(window, index));
    return index;
  }

  #scanOptions(window: ScanWindow, index: SeriesIndex): ScanOptions {
    const { ledger, limits, statistics, steps } = this.#context;
    const node = this.#node;
    const { countsBytes } = this.#range;
    const visit = (entry: Entry, at: number, value: number): void => {
      if (entry.error !== "" && !entry.keepsError) {
        if (ledger) ledger.fail(node, at, () => pipelineError(entry));
        else if (window.from === -Infinity || isSeen(at, node, steps)) throw pipelineError(entry);
        return;
      }
      index.seriesOf(entry).add(at, countsBytes ? Buffer.byteLength(entry.line) : value);
      if (index.size > limits.maxInnerSeries)
        throw new LogqlError("limit", `more than ${limits.maxInnerSeries} series`);
    };
    return { keepsLines: false, window, statistics, visit, entry: this.#entry };
  }

  #newIndex(): SeriesIndex {
    const unwraps = this.#node.log.stages.some(({ kind }) => kind === "unwrap");
    return new SeriesIndex(this.#range.grouping, { unwraps });
  }
}

// With steps wider than the range there are lines between the windows, and what is wrong with them does not matter.
function isSeen(at: number, node: RangeAggregation, steps: Steps): boolean {
  const step = steps.firstFrom(at + node.offsetNs);
  return step < steps.count && steps.at(step) - node.offsetNs - node.rangeNs < at;
}
