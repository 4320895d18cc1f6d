import type { IncomingMessage, ServerResponse } from "node:http";
import { alertAnswer } from "../../rules/index.ts";
import { type ApiAnswer, ApiFailure, failureAnswer } from "./api-failure.ts";
import type { ApiContext, Endpoint } from "./endpoint.ts";
import { Parameters } from "./parameters.ts";
import { query, queryRange } from "./query-endpoints.ts";
import { exemplars, labels, labelValues, metadata, series } from "./series-endpoints.ts";
import { buildInfo, rules, storeStatus, targets } from "./status-endpoints.ts";

/** Answers a request and says so by true, or leaves it to the next. */
export type PrometheusHandler = (req: IncomingMessage, res: ServerResponse, path: string) => Promise<boolean>;

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

const maxFormBytes = 1024 * 1024;

/** Serve Prometheus' HTTP API below /api/v1/, beside whatever else a server answers. */
export function createApiHandler(context: ApiContext, now: () => number): PrometheusHandler {
  return async (req, res, path) => {
    const found = endpointOf(path);
    if (!found) return false;
    send(req, res, await answer(req, { ...found, context, nowMs: now() }));
    return true;
  };
}

interface FoundEndpoint {
  readonly endpoint: Endpoint;
  readonly name: string;
}

function endpointOf(path: string): FoundEndpoint | undefined {
  const below = /^\/api\/v1\/(.+)$/.exec(path)?.[1] ?? "";
  const exact = endpoints.get(below);
  if (exact) return { endpoint: exact, name: "" };
  const name = /^label\/([^/]+)\/values$/.exec(below)?.[1];
  return name === undefined ? undefined : { endpoint: labelValues, name };
}

interface Call extends FoundEndpoint {
  readonly context: ApiContext;
  readonly nowMs: number;
}

async function answer(req: IncomingMessage, { endpoint, name, context, nowMs }: Call): Promise<ApiAnswer> {
  if (!["GET", "HEAD", "POST"].includes(req.method ?? "")) return { status: 405, body: { status: "error" } };
  try {
    const parameters = new Parameters(await valuesOf(req), nowMs);
    return { status: 200, body: { status: "success", data: endpoint({ parameters, name }, context) } };
  } catch (error) {
    return failureAnswer(error);
  }
}

async function valuesOf(req: IncomingMessage): Promise<URLSearchParams> {
  const values = new URLSearchParams(new URL(req.url ?? "/", "http://localhost").search);
  if (req.method !== "POST") return values;
  for (const [name, value] of new URLSearchParams(await formOf(req))) values.append(name, value);
  return values;
}

async function formOf(req: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req) {
    // A stream without an encoding gives buffers.
    const bytes = part as Buffer;
    size += bytes.length;
    if (size > maxFormBytes)
      throw new ApiFailure("bad_data", `the body is larger than ${maxFormBytes} bytes`);
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString("utf8");
}

function send(req: IncomingMessage, res: ServerResponse, { status, body }: ApiAnswer): void {
  const text = JSON.stringify(body);
  res.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  res.end(req.method === "HEAD" ? undefined : text);
}
