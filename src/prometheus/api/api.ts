import { alertAnswer } from "../../rules/index.ts";
import { type ApiAnswer, failureAnswer } from "./api-failure.ts";
import type { ApiContext, Endpoint } from "./endpoint.ts";
import { Parameters } from "./parameters.ts";
import { query, queryRange } from "./query-endpoints.ts";
import { exemplars, labels, labelValues, metadata, series } from "./series-endpoints.ts";
import { buildInfo, rules, storeStatus, targets } from "./status-endpoints.ts";

/** A call; plain data, so that it can pass to another thread. */
export interface ApiRequest {
  readonly path: string;
  /** Of the address and of the form, encoded as in an address. */
  readonly parameters: string;
}

// `*` stands for one part of a path.
const endpoints: ReadonlyMap<string, Endpoint> = new Map([
  ["query", query],
  ["query_range", queryRange],
  ["query_exemplars", exemplars],
  ["labels", labels],
  ["label/*/values", labelValues],
  ["series", series],
  ["metadata", metadata],
  ["targets", targets],
  ["rules", rules],
  ["alerts", (_, { ruler }) => ({ alerts: ruler.active().map(alertAnswer) })],
  ["status/buildinfo", buildInfo],
  ["status/tsdb", storeStatus],
]);

/** Answers calls of Prometheus' HTTP API; undefined where a path is none of its. */
export type PrometheusApi = (request: ApiRequest) => ApiAnswer | undefined;

export function createApi(context: ApiContext, now: () => number): PrometheusApi {
  return ({ path, parameters: text }) => {
    const found = endpointOf(path);
    if (!found) return undefined;
    try {
      const parameters = new Parameters(new URLSearchParams(text), now());
      const data = found.endpoint({ parameters, name: found.name }, context);
      return { status: 200, body: { status: "success", data } };
    } catch (error) {
      return failureAnswer(error);
    }
  };
}

/** Whether a path is one of the API. */
export function isApiPath(path: string): boolean {
  return endpointOf(path) !== undefined;
}

function endpointOf(path: string): { readonly endpoint: Endpoint; readonly name: string } | undefined {
  const below = /^\/api\/v1\/(.+)$/.exec(path)?.[1] ?? "";
  const exact = endpoints.get(below);
  if (exact) return { endpoint: exact, name: "" };
  const name = /^label\/([^/]+)\/values$/.exec(below)?.[1];
  return name === undefined ? undefined : { endpoint: labelValues, name };
}
