import { LogqlError } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { type Limits, resolveLimits } from "./limits.ts";
import { runLogQuery } from "./log-query.ts";
import { matrixResult, vectorResult } from "./metric-result.ts";
import { type ProfileVersion, profiles } from "./profile.ts";
import type { Direction, QueryResult } from "./result.ts";
import { Steps, stepsOver, stepToNs } from "./steps.ts";
import type { LogStore } from "./store/log-store.ts";
import type { Expression, LogExpression } from "./syntax/ast.ts";
import { parse } from "./syntax/parse.ts";
import { QueryTime } from "./time-window.ts";

/** Nanoseconds since 1970. */
export type Nanoseconds = bigint | string;

export interface EngineOptions {
  /** What a query may ask for. */
  readonly limits?: Partial<Limits>;
  /**
   * The version of Loki whose answers the engine gives.
   * @default "3.7"
   */
  readonly profile?: ProfileVersion;
}

export interface InstantQueryOptions {
  readonly time: Nanoseconds;
  /** @default 100 */
  readonly limit?: number;
  /** @default "backward" */
  readonly direction?: Direction;
}

export interface RangeQueryOptions {
  readonly start: Nanoseconds;
  readonly end: Nanoseconds;
  /**
   * Time between two evaluations of a metric query: nanoseconds as a bigint, seconds as a number, or a duration's text.
   * @default a 250th of the range, at least a second
   */
  readonly step?: bigint | number | string;
  /** @default 100 */
  readonly limit?: number;
  /** @default "backward" */
  readonly direction?: Direction;
}

export interface Engine {
  /** Evaluate at one time. @throws LogqlError */
  query(expression: string, options: InstantQueryOptions): QueryResult;
  /** Evaluate over a range: a log query reads start <= time < end, a metric query each step of it. @throws LogqlError */
  queryRange(expression: string, options: RangeQueryOptions): QueryResult;
}

/**
 * Build an engine that evaluates LogQL over a store. Both of its methods give the `data` member of Loki's HTTP answer.
 * @example createEngine(store).query('sum(rate({app="shop"}[1m]))', { time: "1700000000000000000" })
 */
export function createEngine(store: LogStore, options: EngineOptions = {}): Engine {
  const profile = profiles[options.profile ?? "3.7"];
  const limits = resolveLimits({ maxSeries: profile.maxSeries, ...options.limits });
  const contextAt = (base: Nanoseconds, steps: Steps): EvaluationContext => ({
    store,
    profile,
    limits,
    steps,
    time: new QueryTime(base),
    statistics: { lines: 0, bytes: 0 },
  });
  return {
    query: (text, { time, limit, direction }) => {
      const context = contextAt(time, new Steps(1, 0));
      return run(parse(text), context, { limit, direction, spanNs: 0, instant: true });
    },
    queryRange: (text, { start, end, step, limit, direction }) => {
      const expression = parse(text);
      const [from, to] = [BigInt(start), BigInt(end)];
      if (expression.kind === "log") {
        return run(expression, contextAt(from, new Steps(1, 0)), {
          limit,
          direction,
          spanNs: Number(to - from),
          instant: false,
        });
      }
      const range = stepsOver({ from, to, stepNs: stepToNs(step, to - from) }, { limits, profile });
      return run(expression, contextAt(range.start, range.steps), {
        limit,
        direction,
        spanNs: 0,
        instant: false,
      });
    },
  };
}

interface RunOptions {
  readonly limit: number | undefined;
  readonly direction: Direction | undefined;
  readonly spanNs: number;
  readonly instant: boolean;
}

function run(expression: Expression, context: EvaluationContext, options: RunOptions): QueryResult {
  const began = performance.now();
  const answer =
    expression.kind === "log"
      ? { resultType: "streams" as const, result: logResult(expression, context, options) }
      : options.instant
        ? vectorResult(evaluate(expression, context), context)
        : matrixResult(evaluate(expression, context), context);
  const { lines, bytes } = context.statistics;
  const execTime = (performance.now() - began) / 1e3;
  return {
    ...answer,
    stats: { summary: { totalLinesProcessed: lines, totalBytesProcessed: bytes, execTime } },
  };
}

function logResult(
  ...[log, context, options]: [LogExpression, EvaluationContext, RunOptions]
): ReturnType<typeof runLogQuery> {
  const limit = options.limit ?? 100;
  if (limit > context.limits.maxEntries) {
    throw new LogqlError(
      "limit",
      `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${context.limits.maxEntries})`,
    );
  }
  if (options.instant)
    throw new LogqlError(
      "parse",
      "log queries are not supported as an instant query type, please change your query to a range query type",
    );
  const window = { time: context.time, from: 0, to: options.spanNs };
  return runLogQuery(log, context, { window, limit, direction: options.direction ?? "backward" });
}
