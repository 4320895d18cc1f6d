import type { ErrorRequestHandler, NextFunction, Request, Response } from "express";
import type { Taffrail } from "../../../src/index.ts";
import { exchangeOf } from "../exchange.ts";

/**
 * Create the error middleware that puts the error which was thrown onto the completion line. Mount it
 * after the routes and before error handlers of your own; it answers nothing itself.
 */
export function errorLogger(_kit?: Taffrail): ErrorRequestHandler {
  return function taffrailErrorLogger(
    error: unknown,
    req: Request,
    _res: Response,
    next: NextFunction,
  ): void {
    exchangeOf(req)?.fail(error);
    next(error);
  };
}
