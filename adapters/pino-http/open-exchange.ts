import type { IncomingMessage, ServerResponse } from "node:http";
import type { Request, Response } from "express";
import type { Exchange } from "../../src/http/exchange.ts";
import type { ExchangePreferences } from "../../src/http/preferences.ts";
import type { Taffrail } from "../../src/index.ts";
import { observeExchange } from "../node/exchange.ts";
import { openExpressExchange } from "../node/express/exchange.ts";
import { ExpressSource } from "../node/express/source.ts";
import { NodeSource } from "../node/source.ts";
import { confineScopes } from "./confine-scopes.ts";

/** Open the exchange of a request and have all that follows run in its scope; undefined where it is not to be watched. */
export function openExchange(
  kit: Taffrail,
  req: IncomingMessage,
  res: ServerResponse,
  preferences: ExchangePreferences,
): Exchange | undefined {
  confineScopes(req.socket);
  const exchange = isExpress(req)
    ? openOnExpress(kit, req, res as Response, preferences)
    : observeExchange(kit, req, res, new HostSource(req, res, preferences));
  if (exchange === undefined) return undefined;
  // pino-http goes on by itself: there is nothing to wrap.
  exchange.enter();
  return exchange;
}

function isExpress(req: IncomingMessage): req is Request {
  return "app" in req && typeof req.app === "function";
}

function openOnExpress(
  kit: Taffrail,
  req: Request,
  res: Response,
  preferences: ExchangePreferences,
): Exchange | undefined {
  const exchange = openExpressExchange(kit, req, res, preferences);
  if (exchange?.source instanceof ExpressSource && holdsOneHandler(req.route))
    exchange.source.disregardRoute();
  return exchange;
}

/** A route that holds nothing but the middleware is no route of the application's: Nest mounts middleware so. */
function holdsOneHandler(
  route: { readonly stack?: readonly { readonly method?: string }[] } | undefined,
): boolean {
  const methods = route?.stack?.map(({ method }) => method);
  return methods !== undefined && new Set(methods).size === methods.length;
}

/** What hosts other than Express put on Node's request: Nest on Fastify, connect, polka. */
interface HostRequest extends IncomingMessage {
  /** The target before routers rewrote it. */
  readonly originalUrl?: string;
  readonly ip?: string;
}

class HostSource extends NodeSource {
  readonly #req: HostRequest;

  constructor(req: HostRequest, res: ServerResponse, preferences: ExchangePreferences) {
    super(req, res, req.originalUrl ?? req.url);
    this.#req = req;
    this.preferences = preferences;
  }

  protected override forwardedAddress(): string | undefined {
    return this.#req.ip;
  }
}
