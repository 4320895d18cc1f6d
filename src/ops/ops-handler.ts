import type { IncomingMessage, ServerResponse } from "node:http";
import { TaffrailError } from "../errors.ts";
import { hasBearerToken } from "./bearer-token.ts";
import { errorAnswer, type OpsAnswer, sendAnswer } from "./ops-answer.ts";
import { createEndpoints, type Endpoint, type OpsEndpointsOptions } from "./ops-endpoints.ts";

export interface OpsHandlerOptions extends OpsEndpointsOptions {
  /** Asked of every request but /healthz and /readyz; without one, log levels cannot be changed. */
  readonly token?: string | undefined;
  /**
   * The path under which the endpoints are, where they are mounted on the application on purpose.
   * @default ""
   */
  readonly prefix?: string;
  /** Told when answering failed. */
  onError?(error: unknown): void;
}

/** Answers a request and says so by true; false for one outside the prefix, left untouched. */
export type OpsHandler = (req: IncomingMessage, res: ServerResponse) => boolean;

/**
 * Creates the handler of /metrics, /healthz, /readyz, /info and /log-level, for a server of its own or for
 * the application's.
 * @throws TaffrailError ERR_TAFFRAIL_CONFIG_INVALID for an empty token or a prefix that is no path.
 * @example
 * const ops = createOpsHandler({ ...deps, prefix: "/-/ops" });
 * createServer((req, res) => { if (!ops(req, res)) app(req, res); });
 */
export function createOpsHandler(options: OpsHandlerOptions): OpsHandler {
  const { token, prefix = "" } = options;
  if (token === "") throw new TaffrailError("ERR_TAFFRAIL_CONFIG_INVALID", "The option ops.token is empty.");
  if (prefix !== "" && !/^\/.*[^/]$/.test(prefix)) {
    throw new TaffrailError(
      "ERR_TAFFRAIL_CONFIG_INVALID",
      'The option ops.prefix must be a path that starts with "/" and does not end with it.',
    );
  }
  const endpoints = createEndpoints(options);
  return (req, res) => {
    const path = pathUnder(prefix, req.url ?? "/");
    if (path === undefined) return false;
    respond(endpoints.get(path), { req, res, token }).catch((error: unknown) => {
      options.onError?.(error);
      failResponse(res);
    });
    return true;
  };
}

interface OpsExchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly token: string | undefined;
}

async function respond(endpoint: Endpoint | undefined, { req, res, token }: OpsExchange): Promise<void> {
  const authorized = token === undefined || hasBearerToken(req, token);
  const answer =
    endpoint?.open === true || authorized
      ? await answerOf(endpoint, { req, authorized, mayChange: token !== undefined })
      : errorAnswer(401, "This endpoint asks for the bearer token.", { "www-authenticate": "Bearer" });
  await sendAnswer(req, res, answer);
}

interface Permission {
  readonly req: IncomingMessage;
  readonly authorized: boolean;
  readonly mayChange: boolean;
}

function answerOf(
  endpoint: Endpoint | undefined,
  { req, authorized, mayChange }: Permission,
): OpsAnswer | Promise<OpsAnswer> {
  if (endpoint === undefined) return errorAnswer(404, "There is no such endpoint.");
  const { method } = req;
  if (method === "GET" || method === "HEAD") return endpoint.read(req, authorized);
  if (method === "PUT" && endpoint.put !== undefined) {
    if (mayChange) return endpoint.put(req);
    return errorAnswer(403, "Changes need a token: set the option ops.token and send it as a bearer token.");
  }
  const allow = endpoint.put !== undefined && mayChange ? "GET, HEAD, PUT" : "GET, HEAD";
  return errorAnswer(405, `Allowed here: ${allow}.`, { allow });
}

function failResponse(res: ServerResponse): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  res.writeHead(500, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  res.end(`${JSON.stringify({ error: "Answering failed; the service's log says why." })}\n`);
}

/** The path below the prefix without its query; undefined outside the prefix. */
function pathUnder(prefix: string, url: string): string | undefined {
  const path = url.split("?", 1)[0] ?? "/";
  if (prefix === "") return path;
  if (path === prefix) return "/";
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}
