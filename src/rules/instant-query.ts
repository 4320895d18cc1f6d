import { type Engine, LogqlError, type SamplePair, type VectorSample } from "../logql/index.ts";

/** One sample of an instant query. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** An evaluation that failed: of the query, by its limit, or by two alerts with one label set. */
export class RuleEvaluationError extends Error {}

/** What evaluates rules: an instant query at a time, in milliseconds since 1970. @throws RuleEvaluationError */
export type InstantQuery = (expression: string, nowMs: number) => Sample[];

/** What LogQL and PromQL engines answer alike. */
export type InstantAnswer =
  | { readonly resultType: "vector"; readonly result: readonly VectorSample[] }
  | { readonly resultType: "scalar"; readonly result: SamplePair }
  | { readonly resultType: "streams" | "matrix" | "string" };

/** Ask a LogQL engine for what rules and their templates need. */
export function logqlQuery(engine: Engine): InstantQuery {
  return (expression, nowMs) => {
    try {
      return queryInstant(engine, expression, nowMs);
    } catch (error) {
      if (!(error instanceof LogqlError)) throw error;
      throw new RuleEvaluationError(error.message, { cause: error });
    }
  };
}

/** Run an instant metric query of LogQL; a scalar is one sample without labels. */
export function queryInstant(engine: Engine, expression: string, nowMs: number): Sample[] {
  return samplesOf(engine.query(expression, { time: BigInt(Math.round(nowMs)) * 1_000_000n, asRuler: true }));
}

/** The samples of an answer to an instant query. @throws RuleEvaluationError where it has none. */
export function samplesOf(answer: InstantAnswer): Sample[] {
  if (answer.resultType === "scalar") return [{ labels: {}, value: parseSample(answer.result[1]) }];
  if (answer.resultType !== "vector") throw new RuleEvaluationError("expected a metric query");
  return answer.result.map(({ metric, value }) => ({ labels: metric, value: parseSample(value[1]) }));
}

function parseSample(text: string): number {
  if (text === "+Inf") return Infinity;
  return text === "-Inf" ? -Infinity : Number(text);
}
