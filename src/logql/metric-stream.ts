import { LogqlError } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { resolveLimits } from "./limits.ts";
import { matrixResult, vectorResult } from "./metric-result.ts";
import { profiles } from "./profile.ts";
import type { EngineOptions, Nanoseconds, RangeQueryOptions } from "./query-options.ts";
import { SeriesLedger } from "./range/series-ledger.ts";
import type { QueryResult } from "./result.ts";
import { splitAverages } from "./split-averages.ts";
import { Steps, stepsOver, stepToNs } from "./steps.ts";
import { LogStore } from "./store/log-store.ts";
import { parse } from "./syntax/parse.ts";
import { QueryTime } from "./time-window.ts";

/** A metric query over input too large to hold: only samples are kept, 16 bytes each. */
export interface MetricStream {
  /** Take the samples of every line in the store, which may be cleared afterwards. @throws LogqlError */
  feed(store: LogStore): void;
  /** Evaluate at one time. No more may be fed after it. @throws LogqlError */
  query(options: { readonly time: Nanoseconds }): QueryResult;
  /** Evaluate at each step of a range. No more may be fed after it. @throws LogqlError */
  queryRange(options: Omit<RangeQueryOptions, "limit" | "direction">): QueryResult;
}

/**
 * Begin a metric query whose lines come in pieces. `base` is a time within 104 days of every line.
 * @throws LogqlError when the text is no metric query.
 */
export function createMetricStream(
  text: string,
  options: EngineOptions & { readonly base: Nanoseconds },
): MetricStream {
  const parsed = parse(text);
  if (parsed.kind === "log") throw new LogqlError("execution", "a log query has no samples to stream");
  const profile = profiles[options.profile ?? "3.7"];
  const expression = profile.groupedAveragesCountLines ? splitAverages(parsed) : parsed;
  const limits = resolveLimits({ maxSeries: profile.maxSeries, ...options.limits });
  const ledger = new SeriesLedger();
  const statistics = { lines: 0, bytes: 0 };
  const shared = { profile, limits, ledger, statistics, source: text };
  const finish = (start: bigint, steps: Steps): EvaluationContext => {
    ledger.rebase(Number(start - BigInt(options.base)));
    return { ...shared, store: new LogStore(), steps, time: new QueryTime(start) };
  };
  const answered = (answer: Pick<QueryResult, "resultType" | "result">): QueryResult => {
    const summary = {
      totalLinesProcessed: statistics.lines,
      totalBytesProcessed: statistics.bytes,
      execTime: 0,
    };
    // Type and result come from one member of the union.
    return { ...answer, stats: { summary } } as QueryResult;
  };
  return {
    feed: (store) => {
      evaluate(expression, { ...shared, store, steps: new Steps(0, 0), time: new QueryTime(options.base) });
    },
    query: ({ time }) => {
      const context = finish(BigInt(time), new Steps(1, 0));
      return answered(vectorResult(evaluate(expression, context), context));
    },
    queryRange: ({ start, end, step }) => {
      const [from, to] = [BigInt(start), BigInt(end)];
      const range = stepsOver({ from, to, stepNs: stepToNs(step, to - from) }, { limits, profile });
      const context = finish(range.start, range.steps);
      return answered(matrixResult(evaluate(expression, context), context));
    },
  };
}
