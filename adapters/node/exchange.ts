import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { scopes } from "../../src/context/scope.ts";
import type { Exchange } from "../../src/http/exchange.ts";
import { exchangeKey, exchangeOf, type Watched } from "../../src/http/exchange-of.ts";
import type { Taffrail } from "../../src/index.ts";
import { watchServer } from "./server.ts";
import { NodeSource } from "./source.ts";
import { upgradeOf } from "./upgrade.ts";

export { exchangeOf };

/** Let a prototype answer "none" for requests that have no exchange: looking for it all the way up is dear. */
export function declareExchange(prototype: object): void {
  Object.defineProperty(prototype, exchangeKey, { value: undefined, writable: true });
}

/**
 * Open the exchange of a request that arrived on Node's own server and see it to its end; undefined
 * where the request is not to be watched. The caller makes sure that it has none yet.
 */
export function openExchange(
  kit: Taffrail,
  req: IncomingMessage,
  res: ServerResponse,
  source: NodeSource,
): Exchange | undefined {
  // Its lines are those of the connection.
  if (upgradeOf(req)) return undefined;
  const { socket } = req;
  watchServer(kit, socket);
  const exchange = kit.http.begin(source);
  if (exchange === undefined) return undefined;
  (req as Watched)[exchangeKey] = exchange;
  const isAnswered = source.hasSentHead();
  // The client may have left before the middleware's turn came, or have its answer; then no 'close' will.
  if (socket.destroyed || (isAnswered && res.closed)) exchange.finish();
  if (!isAnswered) res.setHeader(kit.http.requestIdHeader, exchange.requestId);
  // 'close' comes after 'finish', and without it where the client left.
  res.on("close", finishExchange);
  return exchange;
}

/**
 * Open the exchange of a request that has none yet and watch all that its request and response emit; undefined where
 * it has one, or is not to be watched.
 */
export function observeExchange(
  kit: Taffrail,
  req: IncomingMessage,
  res: ServerResponse,
  source: NodeSource,
): Exchange | undefined {
  const exchange = exchangeOf(req) === undefined ? openExchange(kit, req, res, source) : undefined;
  if (exchange === undefined) return undefined;
  watchRequest(req);
  watchResponse(res);
  return exchange;
}

function finishExchange(this: ServerResponse): void {
  exchangeAnsweredBy(this)?.finish();
}

function exchangeAnsweredBy(res: EventEmitter): Exchange | undefined {
  // Middleware may have taken it away.
  const { req } = res as { readonly req?: IncomingMessage | null };
  return req ? exchangeOf(req) : undefined;
}

/**
 * Watch what requests emit: their listeners run in the exchange's scope. By the time 'end' or 'close' is
 * emitted, the storage holds whatever the socket's own context was. Works on one request, and on a prototype
 * that many share, which costs each of them nothing.
 */
export function watchRequest(req: IncomingMessage): void {
  req.emit = req.emit === plainEmit ? requestEmit : watchedEmit(req.emit, requests);
}

/** Watch what responses emit, as for requests. */
export function watchResponse(res: ServerResponse): void {
  res.emit = res.emit === plainEmit ? responseEmit : watchedEmit(res.emit, responses);
}

/** Which exchange an emitter belongs to, and the event that its source has to know of. */
interface Watching {
  readonly find: (emitter: EventEmitter) => Exchange | undefined;
  readonly event: string;
  readonly act: (exchange: Exchange, source: NodeSource) => void;
}

const requests: Watching = {
  find: (emitter) => (emitter as Watched)[exchangeKey],
  event: "close",
  act: (exchange, source) => {
    if (source.isAbandoned()) exchange.finish();
  },
};

const responses: Watching = {
  find: exchangeAnsweredBy,
  event: "finish",
  act: (_exchange, source) => source.noteFinish(),
};

// One function for all whose emit is nobody else's: a closure for each would cost every request.
const { emit: plainEmit, listenerCount } = EventEmitter.prototype;
const requestEmit: Emit = watchedEmit(plainEmit, requests);
const responseEmit: Emit = watchedEmit(plainEmit, responses);

function watchedEmit(emit: Emit, { find, event: watched, act }: Watching): Emit {
  return function (this: EventEmitter, event: string | symbol, ...args: unknown[]) {
    const exchange = find(this);
    if (exchange === undefined) return emit.call(this, event, ...args);
    if (event === watched && exchange.source instanceof NodeSource) act(exchange, exchange.source);
    // Most events of a request have no listener, and asking for the scope is dear, as is entering it.
    if (listenerCount.call(this, event) === 0) return emit.call(this, event, ...args);
    return scopes.run(exchange, callEmit, emit, this, event, args);
  };
}

// Not a closure: an emit happens several times a request.
function callEmit(emit: Emit, emitter: EventEmitter, event: string | symbol, args: unknown[]): boolean {
  return emit.call(emitter, event, ...args);
}

type Emit = EventEmitter["emit"];
