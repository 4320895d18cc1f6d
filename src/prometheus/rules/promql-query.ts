import { type PromqlEngine, PromqlError } from "../../promql/index.ts";
import { type InstantQuery, RuleEvaluationError, samplesOf } from "../../rules/index.ts";

/** Ask the engine for what rules and their templates need. */
export function promqlQuery(engine: PromqlEngine): InstantQuery {
  return (expression, nowMs) => {
    try {
      return samplesOf(engine.query(expression, nowMs));
    } catch (error) {
      if (!(error instanceof PromqlError)) throw error;
      throw new RuleEvaluationError(error.message, { cause: error });
    }
  };
}
