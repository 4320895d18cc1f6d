import type { NextFunction, Request, RequestHandler, Response } from "express";
import type { Exchange } from "../../src/http/exchange.ts";
import { defaultKit, type Taffrail } from "../../src/index.ts";
import { exchangeOf, openExchange } from "../node/exchange.ts";
import { observeApplication, observeRequest } from "./observe.ts";
import { ExpressSource } from "./source.ts";

/**
 * Create the middleware that gives every request its ids, one completion line and its metrics.
 * Mount it first. Express 4 and 5.
 *
 * @param kit the kit; without one, a default kit is built from the environment
 * @example
 * app.use(requestLogger(kit));
 * // routes
 * app.use(errorLogger(kit));
 */
export function requestLogger(kit: Taffrail = defaultKit()): RequestHandler {
  return function taffrailRequestLogger(req: Request, res: Response, next: NextFunction): void {
    const exchange = exchangeOf(req) === undefined ? watch(kit, req, res) : undefined;
    if (exchange) exchange.run(next);
    else next();
  };
}

function watch(kit: Taffrail, req: Request, res: Response): Exchange | undefined {
  // On the application's prototype, where it stands, looking for it is cheap.
  const { app } = Object.getPrototypeOf(req) as Request;
  const source = new ExpressSource(req, res, { app, known: observeApplication(app) });
  const exchange = openExchange(kit, req, res, source);
  if (exchange) observeRequest(req);
  return exchange;
}
