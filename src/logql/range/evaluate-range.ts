import { LogqlError } from "../errors.ts";
import type { EvaluationContext } from "../evaluation-context.ts";
import { Entry } from "../labels/entry.ts";
import { LabelSet } from "../labels/label-set.ts";
import { selectorTest } from "../match/selector.ts";
import { overlaps, type ScanWindow, scanChunk } from "../scan.ts";
import { asksForErrors, everything, hintsFor } from "../stages/hints.ts";
import { compilePipeline } from "../stages/pipeline.ts";
import { sampleError } from "../stages/unwrap.ts";
import type { Steps } from "../steps.ts";
import type { Grouping, RangeAggregation } from "../syntax/ast.ts";
import { emptyRow, type Matrix, type SeriesRow } from "../vector/matrix.ts";
import { windowFunctions } from "./functions.ts";
import { SeriesIndex } from "./series-index.ts";
import type { SeriesSamples } from "./series-samples.ts";

/**
 * Evaluate a range aggregation at every step. `outer` is the grouping of a `sum` right above, which the series
 * may already be grouped by: their sum is the same, and only those labels need be parsed.
 */
export function evaluateRange(node: RangeAggregation, context: EvaluationContext, outer?: Grouping): Matrix {
  const grouping = node.grouping ?? outer;
  const series = collect(node, context, grouping);
  if (node.operation === "absent_over_time") return absent(node, series, context);
  const rows = series
    .map((samples) => slide(node, samples, context))
    .filter((row) => row.present.includes(1));
  return { kind: "matrix", rows };
}

function collect(
  node: RangeAggregation,
  context: EvaluationContext,
  grouping: Grouping | undefined,
): SeriesSamples[] {
  const { store, profile, statistics, steps, limits } = context;
  const hints = profile.parserHints ? hintsOf(node, grouping) : everything;
  const countsBytes = node.operation.startsWith("bytes_");
  const pipeline = compilePipeline(node.log, { profile, hints, readsLines: countsBytes });
  // The window is open at its start and closed at its end: shifted by one nanosecond it is what scanChunk takes.
  const { ledger } = context;
  const window: ScanWindow = {
    time: context.time,
    from: ledger ? -Infinity : steps.first - node.offsetNs - node.rangeNs + 1,
    to: ledger ? Infinity : steps.last - node.offsetNs + 1,
  };
  const unwraps = node.log.stages.some(({ kind }) => kind === "unwrap");
  const create = (): SeriesIndex =>
    new SeriesIndex(node.operation === "absent_over_time" ? noLabels(node) : grouping, { unwraps });
  const index = ledger?.indexOf(node, create) ?? create();
  const keepsErrors =
    grouping !== undefined && !grouping.without && asksForErrors(grouping.names, node.log.stages);
  const visit = (entry: Entry, at: number, value: number): void => {
    if (entry.error !== "" && !(keepsErrors && entry.error !== sampleError)) {
      if (!ledger) {
        if (isSeen(at, node, steps)) throw pipelineError(entry);
        return;
      }
      ledger.fail(node, at, () => pipelineError(entry));
      return;
    }
    index.seriesOf(entry).add(at, countsBytes ? Buffer.byteLength(entry.line) : value);
    if (index.size > limits.maxInnerSeries)
      throw new LogqlError("limit", `more than ${limits.maxInnerSeries} series`);
  };
  const options = { keepsLines: false, window, statistics, visit, entry: new Entry() };
  const matches = selectorTest(node.log.selector);
  for (const stream of store.streams()) {
    if (!matches(stream)) continue;
    for (const chunk of stream.chunks)
      if (overlaps(chunk, window)) scanChunk({ stream, chunk }, pipeline, options);
  }
  ledger?.check(node, steps);
  // While a ledger is fed there are no steps, and order does not matter yet.
  if (steps.count === 0) return [];
  const series = index.all();
  for (const samples of series) samples.sort();
  return series;
}

// With steps wider than the range there are lines between the windows, and what is wrong with them does not matter.
function isSeen(at: number, node: RangeAggregation, steps: Steps): boolean {
  const step = steps.firstFrom(at + node.offsetNs);
  return step < steps.count && steps.at(step) - node.offsetNs - node.rangeNs < at;
}

function hintsOf(node: RangeAggregation, grouping: Grouping | undefined): ReturnType<typeof hintsFor> {
  if (node.operation === "absent_over_time") return hintsFor([], node.log.stages);
  return grouping && !grouping.without ? hintsFor(grouping.names, node.log.stages) : everything;
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

function slide(node: RangeAggregation, samples: SeriesSamples, { steps }: EvaluationContext): SeriesRow {
  const row = emptyRow(samples.labels, steps.count);
  const evaluate = windowFunctions[node.operation];
  if (!evaluate) throw new LogqlError("execution", `unknown aggregation ${node.operation}`);
  const { times, values, count } = samples;
  const rangeSeconds = node.rangeNs / 1e9;
  let from = 0;
  let to = 0;
  for (let step = 0; step < steps.count; step++) {
    const end = steps.at(step) - node.offsetNs;
    while (to < count && (times[to] ?? 0) <= end) to++;
    while (from < to && (times[from] ?? 0) <= end - node.rangeNs) from++;
    if (from === to) continue;
    row.values[step] = evaluate({ times, values, from, to, rangeSeconds, parameter: node.parameter ?? 0 });
    row.present[step] = 1;
  }
  return row;
}

// The labels of what is absent are those that the selector pins down.
function absent(
  node: RangeAggregation,
  series: readonly SeriesSamples[],
  context: EvaluationContext,
): Matrix {
  const pinned = node.log.selector.filter(({ operator, value }) => operator === "=" && value !== "");
  const unique = pinned.filter(({ name }) => pinned.filter((other) => other.name === name).length === 1);
  const row = emptyRow(LabelSet.from(unique.map(({ name, value }) => [name, value])), context.steps.count);
  const seen = series[0] && slide(node, series[0], context);
  for (let step = 0; step < context.steps.count; step++) {
    if (seen?.present[step]) continue;
    row.values[step] = 1;
    row.present[step] = 1;
  }
  return { kind: "matrix", rows: row.present.includes(1) ? [row] : [] };
}
