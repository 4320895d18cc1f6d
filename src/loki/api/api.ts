import { LogqlError } from "../../logql/index.ts";
import type { Ruler } from "../../rules/index.ts";
import { IngestError } from "../ingest/ingest-error.ts";
import type { LogCore } from "../log-core.ts";
import { type ApiAnswer, ApiError, type ApiRequest, plain } from "./api-message.ts";
import { ApiParameters } from "./api-parameters.ts";
import { detectedFields, detectedFieldValues } from "./detected-fields.ts";
import { indexStats, indexVolume, indexVolumeRange } from "./index-endpoints.ts";
import { detectedLabels, labels, labelValues, series } from "./labels.ts";
import { push, pushOtlp } from "./push.ts";
import { formatQuery, query, queryRange } from "./query.ts";
import { alerts, ruleFiles, rules } from "./rules.ts";
import { buildInfo, noPatterns, ready } from "./status.ts";

/** What an endpoint may use. */
export interface ApiContext {
  readonly core: LogCore;
  readonly ruler: Ruler;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Bytes of a push once it is decompressed. */
  readonly maxPushBytes: number;
}

export type Endpoint = (call: ApiCall, context: ApiContext) => ApiAnswer;

export interface ApiCall {
  readonly request: ApiRequest;
  readonly parameters: ApiParameters;
  /** The part of the path that the endpoint leaves open. */
  readonly name: string;
}

interface Route {
  readonly methods: readonly string[];
  readonly endpoint: Endpoint;
}

const read = (endpoint: Endpoint): Route => ({ methods: ["GET", "POST"], endpoint });
const get = (endpoint: Endpoint): Route => ({ methods: ["GET"], endpoint });
const post = (endpoint: Endpoint): Route => ({ methods: ["POST"], endpoint });

// `*` stands for one part of a path.
const routes: ReadonlyMap<string, Route> = new Map([
  ["/loki/api/v1/push", post(push)],
  ["/otlp/v1/logs", post(pushOtlp)],
  ["/loki/api/v1/query", read(query)],
  ["/loki/api/v1/query_range", read(queryRange)],
  ["/loki/api/v1/format_query", read(formatQuery)],
  ["/loki/api/v1/labels", read(labels)],
  ["/loki/api/v1/label", read(labels)],
  ["/loki/api/v1/label/*/values", read(labelValues)],
  ["/loki/api/v1/series", read(series)],
  ["/loki/api/v1/index/stats", read(indexStats)],
  ["/loki/api/v1/index/volume", read(indexVolume)],
  ["/loki/api/v1/index/volume_range", read(indexVolumeRange)],
  ["/loki/api/v1/detected_labels", read(detectedLabels)],
  ["/loki/api/v1/detected_fields", read(detectedFields)],
  ["/loki/api/v1/detected_field/*/values", read(detectedFieldValues)],
  ["/loki/api/v1/patterns", read(noPatterns)],
  ["/loki/api/v1/rules", get(ruleFiles)],
  ["/loki/api/v1/rules/*", get(ruleFiles)],
  ["/api/prom/rules", get(ruleFiles)],
  ["/prometheus/api/v1/rules", get(rules)],
  ["/prometheus/api/v1/alerts", get(alerts)],
  ["/loki/api/v1/status/buildinfo", get(buildInfo)],
  ["/ready", get(ready)],
]);

/** The HTTP API without HTTP: one call in, one answer out, at once. */
export function createApi(context: ApiContext): (request: ApiRequest) => ApiAnswer {
  return (request) => {
    const found = routeOf(request.path);
    if (!found) return plain(404, "404 page not found\n");
    if (!found.route.methods.includes(request.method)) return plain(405, "");
    try {
      const parameters = new ApiParameters(request, context.now());
      return found.route.endpoint({ request, parameters, name: found.name }, context);
    } catch (error) {
      return failure(error);
    }
  };
}

function routeOf(path: string): { readonly route: Route; readonly name: string } | undefined {
  const exact = routes.get(path);
  if (exact) return { route: exact, name: "" };
  const [, before = "", name = "", after = ""] =
    /^(\/.*\/(?:label|detected_field|rules)\/)([^/]+)((?:\/values)?)$/.exec(path) ?? [];
  const route = routes.get(`${before}*${after}`);
  return route && { route, name: decodeURIComponent(name) };
}

function failure(error: unknown): ApiAnswer {
  if (error instanceof ApiError || error instanceof IngestError)
    return plain(error.status, `${error.message}\n`);
  if (error instanceof LogqlError) return plain(400, error.message);
  // A fault of our own: said to whoever asked, since nobody else looks.
  return plain(500, `${error instanceof Error ? error.message : String(error)}\n`);
}
