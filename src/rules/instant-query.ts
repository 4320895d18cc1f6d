import type { Engine } from "../logql/index.ts";

/** One sample of an instant query. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** An evaluation that failed: of the query, by its limit, or by two alerts with one label set. */
export class RuleEvaluationError extends Error {}

/** Run an instant metric query; a scalar is one sample without labels. */
export function queryInstant(engine: Engine, expression: string, nowMs: number): Sample[] {
  const answer = engine.query(expression, { time: BigInt(Math.round(nowMs)) * 1_000_000n });
  if (answer.resultType === "scalar") return [{ labels: {}, value: parseSample(answer.result[1]) }];
  if (answer.resultType !== "vector") throw new RuleEvaluationError("expected a metric query");
  return answer.result.map(({ metric, value }) => ({ labels: metric, value: parseSample(value[1]) }));
}

function parseSample(text: string): number {
  if (text === "+Inf") return Infinity;
  return text === "-Inf" ? -Infinity : Number(text);
}
