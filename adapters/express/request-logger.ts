import type { NextFunction, Request, RequestHandler, Response } from "express";
import { defaultKit, type Taffrail } from "../../src/index.ts";
import { exchangeOf } from "../node/exchange.ts";
import { openExpressExchange } from "../node/express/exchange.ts";

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
    const exchange = exchangeOf(req) === undefined ? openExpressExchange(kit, req, res) : undefined;
    if (exchange) exchange.run(next);
    else next();
  };
}
