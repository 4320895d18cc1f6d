import type { Request, Response } from "express";
import type { Exchange } from "../../../src/http/exchange.ts";
import type { ExchangePreferences } from "../../../src/http/preferences.ts";
import type { Taffrail } from "../../../src/index.ts";
import { openExchange } from "../exchange.ts";
import { observeApplication, observeRequest } from "./observe.ts";
import { ExpressSource } from "./source.ts";

/** Open the exchange of a request of Express's that has none yet; undefined where it is not to be watched. */
export function openExpressExchange(
  kit: Taffrail,
  req: Request,
  res: Response,
  preferences?: ExchangePreferences,
): Exchange | undefined {
  // On the application's prototype, where it stands, looking for it is cheap.
  const { app } = Object.getPrototypeOf(req) as Request;
  const source = new ExpressSource(req, res, { app, known: observeApplication(app) });
  source.preferences = preferences;
  const exchange = openExchange(kit, req, res, source);
  if (exchange) observeRequest(req);
  return exchange;
}
