import type { Express, NextFunction, Request, Response } from "express";
import { pinoHttp } from "pino-http";
import { v4 as uuid } from "uuid";
import type { Instrumented } from "../instrumentation.ts";
import { promBundle } from "../prom-bundle.ts";

/** What most tutorials add up to: uuid for the request id, pino-http for the line, express-prom-bundle for metrics. */
export function instrument(app: Express): Instrumented {
  app.use(assignRequestId);
  app.use(pinoHttp({ genReqId: (req) => req.id }));
  return promBundle(app);
}

function assignRequestId(req: Request, res: Response, next: NextFunction): void {
  const given = req.headers["x-request-id"];
  req.id = typeof given === "string" ? given : uuid();
  res.setHeader("x-request-id", req.id);
  next();
}
