import type { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { scopes } from "../../src/context/scope.ts";
import type { Exchange, RequestHead, ResponseEnd } from "../../src/http/exchange.ts";
import type { Taffrail } from "../../src/index.ts";
import { watchServer } from "./server.ts";

/** What a framework on Node's request and response knows better than they do. All are asked at the end. */
export interface NodeTranslation {
  /** The template of the route that matched. */
  readonly route: () => string | undefined;
  /** The client's address, through trusted proxies. */
  readonly clientAddress?: () => string | undefined;
  /** The request target before routers rewrote `req.url`. */
  readonly target?: string;
}

// Shared by copies of the package and by adapters stacked on one server: the first to come watches, once.
const key = Symbol.for("taffrail.exchange");
type Watched = IncomingMessage & { [key]?: Exchange };

/** The exchange a request belongs to, if one was opened. */
export function exchangeOf(req: IncomingMessage): Exchange | undefined {
  return (req as Watched)[key];
}

/**
 * Open the exchange of a request that arrived on Node's own server and see it to its end; undefined
 * where the request is watched already or is not to be.
 */
export function openExchange(
  kit: Taffrail,
  req: IncomingMessage,
  res: ServerResponse,
  translation: NodeTranslation,
): Exchange | undefined {
  if (exchangeOf(req)) return undefined;
  watchServer(kit, req.socket);
  const exchange = kit.http.begin(requestHead(req, translation.target ?? req.url ?? ""));
  if (exchange === undefined) return undefined;
  (req as Watched)[key] = exchange;
  if (!res.headersSent) res.setHeader(kit.http.requestIdHeader, exchange.requestId);
  holdScope(req, exchange);
  holdScope(res, exchange);
  // Read now: a socket that closed no longer knows its peer.
  const { remoteAddress } = req.socket;
  const clientAddress = translation.clientAddress ?? (() => remoteAddress);
  // 'close' comes after 'finish', and without it where the client left.
  res.on("close", () => exchange.finish(responseEnd(res, translation.route(), clientAddress())));
  return exchange;
}

function requestHead(req: IncomingMessage, target: string): RequestHead {
  return {
    method: req.method ?? "",
    target,
    scheme: "encrypted" in req.socket ? "https" : "http",
    httpVersion: req.httpVersion.replace(/\.0$/, (zero) => (req.httpVersionMajor > 1 ? "" : zero)),
    header(name) {
      const value = req.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
  };
}

function responseEnd(
  res: ServerResponse,
  route: string | undefined,
  clientAddress: string | undefined,
): ResponseEnd {
  return {
    // Until the headers are sent, statusCode is only what it would have been: 200, mostly.
    status: res.headersSent ? res.statusCode : undefined,
    aborted: !res.writableFinished,
    route,
    clientAddress,
    header(name) {
      const value = res.getHeader(name);
      return value === undefined ? undefined : String(value);
    },
  };
}

/**
 * Run every listener of an emitter in the exchange's scope: by the time 'end' or 'close' is emitted,
 * the storage holds whatever the socket's own context was.
 */
function holdScope(emitter: EventEmitter, exchange: Exchange): void {
  const { emit } = emitter;
  emitter.emit = function (this: EventEmitter, ...args: unknown[]) {
    return scopes.run(exchange, Reflect.apply, emit, this, args);
  };
}
