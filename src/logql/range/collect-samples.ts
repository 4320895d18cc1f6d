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
import { everything, hintsFor } from "../stages/hints.ts";
import { compilePipeline, stagesRun } from "../stages/pipeline.ts";
import type { Steps } from "../steps.ts";
import type { Grouping, RangeAggregation, Stage } from "../syntax/ast.ts";
import { formatStage } from "../syntax/format-stage.ts";
import { QueryTime } from "../time-window.ts";
import { sampleColumns, seriesReader } from "./column-samples.ts";
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
  readonly #grouping: Grouping | undefined;
  readonly #pipeline: ReturnType<typeof compilePipeline>;
  readonly #entry: Entry = new Entry();
  /** Undefined where lines must be read one by one. */
  readonly #columns: ColumnReader | undefined;
  /** Undefined where samples can't be kept for another query. */
  readonly #signature: string | undefined;

  constructor(node: RangeAggregation, context: EvaluationContext, grouping: Grouping | undefined) {
    const { profile, ledger } = context;
    this.#node = node;
    this.#context = context;
    this.#grouping = node.operation === "absent_over_time" ? noLabels(node) : grouping;
    this.index = ledger?.indexOf(node, () => this.#newIndex()) ?? this.#newIndex();
    const readsLines = node.operation.startsWith("bytes_");
    const stages = stagesRun(node.log.stages, { profile, readsLines });
    const hints = profile.parserHints ? hintsOf(node, stages, grouping) : everything;
    const keepsUnwrapped = isGroupedByValue(node, grouping);
    this.#pipeline = compilePipeline(node.log, { profile, hints, readsLines, keepsUnwrapped });
    this.#columns = seriesReader(this.#pipeline, { ...context, hints, grouping: this.#grouping });
    this.#signature = ledger ? undefined : signatureOf(node, this.#grouping);
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
    const run = { pipeline: this.#pipeline, options: this.#scanOptions(window, this.index) };
    run.options.entry.enterStream(source.stream.labels, source.stream.byName);
    sampleColumns(judged, source, {
      names: this.#grouping?.names ?? [],
      countsBytes: this.#node.operation.startsWith("bytes_"),
      window,
      index: this.index,
      ask: (line) => scanLine(source, line, run),
    });
  }

  #readLines(source: ChunkSource, window: ScanWindow): void {
    const kept = this.#signature === undefined ? undefined : this.#kept(source, window, this.#signature);
    if (kept) this.#add(kept, source, window);
    else scanChunk(source, this.#pipeline, this.#scanOptions(window, this.index));
  }

  /** What a query before this one, or this one, made of a whole chunk that takes no more lines. */
  #kept(source: ChunkSource, window: ScanWindow, signature: string): readonly CachedSeries[] | undefined {
    const { chunk } = source;
    const { samples, statistics } = this.#context;
    if (!samples || !chunk.sealed) return undefined;
    const known = samples.get(chunk, signature);
    if (known) {
      statistics.bytes += chunk.size;
      statistics.lines += chunk.count;
      return known;
    }
    // A line beyond the window must not fail this query.
    if (chunk.minMs <= window.time.toMs(window.from) || chunk.maxMs >= window.time.toMs(window.to))
      return undefined;
    const index = this.#newIndex();
    const time = new QueryTime(BigInt(chunk.minMs) * 1_000_000n);
    const { bytes, lines } = statistics;
    try {
      const whole = { time, from: -Infinity, to: Infinity };
      scanChunk(source, this.#pipeline, this.#scanOptions(whole, index));
    } catch (error) {
      if (!(error instanceof LogqlError && error.kind === "pipeline")) throw error;
      // Whether the line lies in a window at all is for the scan of the window to say.
      Object.assign(statistics, { bytes, lines });
      return undefined;
    }
    return samples.set(chunk, signature, index.all());
  }

  #add(kept: readonly CachedSeries[], { chunk }: ChunkSource, { time, from, to }: ScanWindow): void {
    const shift = time.relative(chunk.minMs, 0);
    for (const { labels, times, values } of kept) {
      const series = this.index.seriesWith(labels);
      for (let i = 0; i < times.length; i++) {
        const at = (times[i] ?? 0) + shift;
        if (at >= from && at < to) series.add(at, values ? (values[i] ?? 0) : 1);
      }
    }
  }

  #scanOptions(window: ScanWindow, index: SeriesIndex): ScanOptions {
    const { ledger, limits, statistics, steps } = this.#context;
    const node = this.#node;
    const countsBytes = node.operation.startsWith("bytes_");
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
    return new SeriesIndex(this.#grouping, { unwraps });
  }
}

/** All that decides which samples a chunk gives; the window and what is done with them do not. */
function signatureOf(node: RangeAggregation, grouping: Grouping | undefined): string | undefined {
  const stages = node.log.stages.map(formatStage).join(" ");
  // A template may ask what time it is.
  if (/\bnow\b/.test(stages)) return undefined;
  const unit = node.operation.startsWith("bytes_") ? "bytes" : "";
  return JSON.stringify([stages, unit, grouping && [grouping.without, grouping.names]]);
}

// With steps wider than the range there are lines between the windows, and what is wrong with them does not matter.
function isSeen(at: number, node: RangeAggregation, steps: Steps): boolean {
  const step = steps.firstFrom(at + node.offsetNs);
  return step < steps.count && steps.at(step) - node.offsetNs - node.rangeNs < at;
}

function hintsOf(
  node: RangeAggregation,
  stages: readonly Stage[],
  grouping: Grouping | undefined,
): ReturnType<typeof hintsFor> {
  if (node.operation === "absent_over_time") return hintsFor([], stages);
  return grouping && !grouping.without ? hintsFor(grouping.names, stages) : everything;
}

function isGroupedByValue({ log }: RangeAggregation, grouping: Grouping | undefined): boolean {
  if (!grouping || grouping.without) return false;
  return log.stages.some((stage) => stage.kind === "unwrap" && grouping.names.includes(stage.name));
}

function noLabels(node: RangeAggregation): Grouping {
  return { without: false, names: [], offset: node.offset };
}

function pipelineError(entry: Entry): LogqlError {
  const { error } = entry;
  return new LogqlError(
    "pipeline",
    `pipeline error: '${error}' for series: '${entry.labels().toString()}'.\n` +
      `Use a label filter to intentionally skip this error. (e.g | __error__!="${error}").\n` +
      'To skip all potential errors you can match empty errors.(e.g __error__="")\n' +
      'The label filter can also be specified after unwrap. (e.g | unwrap latency | __error__="" )',
  );
}
