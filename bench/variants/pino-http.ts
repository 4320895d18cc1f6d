import type { Express } from "express";
import { pinoHttp } from "pino-http";
import type { Instrumented } from "../instrumentation.ts";

/** pino-http as its README says to wire it: no metrics, no request id header. */
export function instrument(app: Express): Instrumented {
  app.use(pinoHttp());
  return {};
}
