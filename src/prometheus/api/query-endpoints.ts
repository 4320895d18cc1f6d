import type { PromqlResult } from "../../promql/index.ts";
import { ApiFailure, withParameter } from "./api-failure.ts";
import type { Endpoint } from "./endpoint.ts";

/** /api/v1/query */
export const query: Endpoint = ({ parameters }, { engine }) => {
  const timeMs = parameters.time("time", parameters.nowMs);
  return asked(() => engine.query(parameters.text("query"), timeMs));
};

/** /api/v1/query_range */
export const queryRange: Endpoint = ({ parameters }, { engine }) => {
  const startMs = parameters.time("start", undefined);
  const endMs = parameters.time("end", undefined);
  const stepMs = parameters.duration("step");
  if (endMs < startMs)
    throw new ApiFailure("bad_data", 'invalid parameter "end": end timestamp must not be before start time');
  if ((endMs - startMs) / stepMs > maxSteps) throw new ApiFailure("bad_data", tooManySteps);
  return asked(() => engine.queryRange(parameters.text("query"), { startMs, endMs, stepMs }));
};

const maxSteps = 11_000;
const tooManySteps =
  "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)";

function asked(run: () => PromqlResult): PromqlResult {
  try {
    return run();
  } catch (error) {
    throw withParameter(error, "query");
  }
}
