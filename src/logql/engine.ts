import { LineTables } from "./columns/line-tables.ts";
import { LogqlError, located } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { resolveLimits } from "./limits.ts";
import { runLogQuery } from "./log-query.ts";
import { matrixResult, vectorResult } from "./metric-result.ts";
import { profiles } from "./profile.ts";
import type { Engine, EngineOptions, InstantQueryOptions, RangeQueryOptions } from "./query-options.ts";
import { SampleCache } from "./range/sample-cache.ts";
import type { QueryResult, StreamResult } from "./result.ts";
import { splitAverages } from "./split-averages.ts";
import { Steps, stepsOver, stepToNs } from "./steps.ts";
import type { LogStore } from "./store/log-store.ts";
import type { Expression, LogExpression, MetricExpression } from "./syntax/ast.ts";
import { parse } from "./syntax/parse.ts";
import { QueryTime } from "./time-window.ts";

/**
 * Build an engine that evaluates LogQL over a store. Both of its methods give the `data` member of Loki's HTTP answer.
 * @example createEngine(store).query('sum(rate({app="shop"}[1m]))', { time: "1700000000000000000" })
 */
export function createEngine(store: LogStore, options: EngineOptions = {}): Engine {
  const profile = profiles[options.profile ?? "3.7"];
  const limits = resolveLimits({ maxSeries: profile.maxSeries, ...options.limits });
  const shared = { store, profile, limits, samples: new SampleCache(), tables: new LineTables() };
  return {
    query: (source, asked) =>
      timed(source, (statistics) => instantQuery(source, asked, { ...shared, statistics, source })),
    queryRange: (source, asked) =>
      timed(source, (statistics) => rangeQuery(source, asked, { ...shared, statistics, source })),
  };
}

type Shared = Omit<EvaluationContext, "time" | "steps">;
type Answer = QueryResult extends infer Result
  ? Result extends unknown
    ? Omit<Result, "stats">
    : never
  : never;

function timed(source: string, run: (statistics: EvaluationContext["statistics"]) => Answer): QueryResult {
  const began = performance.now();
  const statistics = { lines: 0, bytes: 0 };
  try {
    const answer = run(statistics);
    const summary = {
      totalLinesProcessed: statistics.lines,
      totalBytesProcessed: statistics.bytes,
      execTime: (performance.now() - began) / 1e3,
    };
    // The answer is one of the results, of which only `stats` was missing.
    return { ...answer, stats: { summary } } as QueryResult;
  } catch (error) {
    throw located(error, source, 0);
  }
}

function instantQuery(source: string, { time, asRuler }: InstantQueryOptions, shared: Shared): Answer {
  const expression = parse(source);
  if (expression.kind === "log") {
    const advice = "please change your query to a range query type";
    throw new LogqlError("execution", `log queries are not supported as an instant query type, ${advice}`);
  }
  const context = { ...shared, time: new QueryTime(time), steps: new Steps(1, 0) };
  return vectorResult(evaluate(asRuler ? expression : asApi(expression, shared), context), context);
}

function rangeQuery(source: string, asked: RangeQueryOptions, shared: Shared): Answer {
  const expression: Expression = parse(source);
  const [from, to] = [BigInt(asked.start), BigInt(asked.end)];
  if (expression.kind === "log") {
    const context = { ...shared, time: new QueryTime(from), steps: new Steps(1, 0) };
    return {
      resultType: "streams",
      result: logResult(expression, { context, asked, spanNs: Number(to - from) }),
    };
  }
  const { start, steps } = stepsOver({ from, to, stepNs: stepToNs(asked.step, to - from) }, shared);
  const context = { ...shared, time: new QueryTime(start), steps };
  return matrixResult(evaluate(asApi(expression, shared), context), context);
}

function asApi(expression: MetricExpression, { profile }: Shared): MetricExpression {
  return profile.groupedAveragesCountLines ? splitAverages(expression) : expression;
}

interface LogRun {
  readonly context: EvaluationContext;
  readonly asked: RangeQueryOptions;
  readonly spanNs: number;
}

function logResult(log: LogExpression, { context, asked, spanNs }: LogRun): StreamResult[] {
  const { limit = 100, direction = "backward", categorizeLabels = false } = asked;
  const { maxEntries } = context.limits;
  if (limit > maxEntries) {
    const detail = `limit > max_entries_limit_per_query (${limit} > ${maxEntries})`;
    throw new LogqlError("limit", `max entries limit per query exceeded, ${detail}`);
  }
  const window = { time: context.time, from: 0, to: spanNs };
  return runLogQuery(log, context, { window, limit, direction, categorizeLabels });
}
