import { PromqlError } from "./errors.ts";
import { type EvaluationContext, type Grid, SampleBudget } from "./evaluate/context.ts";
import { evaluate, evaluateVector } from "./evaluate/evaluate.ts";
import { rangeVectorOf } from "./evaluate/range-series.ts";
import { instantResult, type PromqlResult, rangeResult, samplesResult } from "./result.ts";
import type { SeriesSource } from "./series-source.ts";
import type { Expression } from "./syntax/ast.ts";
import { typeOf } from "./syntax/check.ts";
import { parsePromql } from "./syntax/parse.ts";

export interface PromqlEngineOptions {
  /**
   * Milliseconds for which a sample stands for the present.
   * @default 300000, as Prometheus' query.lookback-delta
   */
  readonly lookbackMs?: number;
  /**
   * Milliseconds between the steps of a subquery that names none.
   * @default 60000, as Prometheus' evaluation_interval
   */
  readonly subqueryStepMs?: number;
  /**
   * Steps of a range query.
   * @default 11000, as Prometheus'
   */
  readonly maxSteps?: number;
  /**
   * Samples a query may read and make.
   * @default 20000000
   */
  readonly maxSamples?: number;
}

export interface PromqlRange {
  /** Milliseconds since 1970. */
  readonly startMs: number;
  /** Milliseconds since 1970; the last step is at it or before. */
  readonly endMs: number;
  readonly stepMs: number;
}

export interface PromqlEngine {
  /** Evaluate at one time, in milliseconds since 1970. @throws PromqlError */
  query(expression: string, timeMs: number): PromqlResult;
  /** Evaluate at every step of a range. @throws PromqlError */
  queryRange(expression: string, range: PromqlRange): PromqlResult;
}

/** Create an engine that evaluates PromQL over a store, with the answers of Prometheus 3. */
export function createPromqlEngine(store: SeriesSource, options: PromqlEngineOptions = {}): PromqlEngine {
  const {
    lookbackMs = 300_000,
    subqueryStepMs = 60_000,
    maxSteps = 11_000,
    maxSamples = 20_000_000,
  } = options;
  const contextOf = (source: string, grid: Grid, endMs: number): EvaluationContext => ({
    source,
    store,
    grid,
    query: { startMs: grid.startMs, endMs },
    lookbackMs,
    subqueryStepMs,
    budget: new SampleBudget(maxSamples),
  });
  return {
    query: (source, timeMs) => {
      const expression = parsePromql(source);
      const context = contextOf(source, { startMs: timeMs, stepMs: 1, count: 1 }, timeMs);
      if (typeOf(expression) === "range vector")
        return samplesResult(rangeVectorOf(expression, context, evaluateVector));
      return instantResult(evaluate(expression, context), timeMs);
    },
    queryRange: (source, { startMs, endMs, stepMs }) => {
      const grid = gridOf({ startMs, endMs, stepMs }, maxSteps);
      const expression = parsePromql(source);
      checkRangeType(expression);
      return rangeResult(evaluate(expression, contextOf(source, grid, endMs)), grid);
    },
  };
}

function gridOf({ startMs, endMs, stepMs }: PromqlRange, maxSteps: number): Grid {
  if (endMs < startMs) throw new PromqlError("parse", "end timestamp must not be before start time");
  if (!(stepMs > 0)) {
    throw new PromqlError(
      "parse",
      "zero or negative query resolution step widths are not accepted. Try a positive integer",
    );
  }
  const count = Math.floor((endMs - startMs) / stepMs) + 1;
  if (count <= maxSteps) return { startMs, stepMs, count };
  const advice = "Try decreasing the query resolution (?step=XX)";
  throw new PromqlError(
    "limit",
    `exceeded maximum resolution of ${maxSteps} points per timeseries. ${advice}`,
  );
}

function checkRangeType(expression: Expression): void {
  const type = typeOf(expression);
  if (type === "scalar" || type === "instant vector") return;
  throw new PromqlError(
    "parse",
    `invalid expression type ${JSON.stringify(type)} for range query, must be Scalar or instant Vector`,
  );
}
