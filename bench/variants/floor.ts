import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { Express, NextFunction, Request, Response } from "express";
import { pino } from "pino";
import { Histogram, register } from "prom-client";
import type { Instrumented } from "../instrumentation.ts";

const ACCEPTED_ID = /^[\w\-.:=+/]{1,128}$/;

const log = pino();
const context = new AsyncLocalStorage<{ requestId: string }>();
const duration = new Histogram({
  name: "http_server_request_duration_seconds",
  help: "Duration of HTTP server requests.",
  labelNames: ["http_request_method", "http_route", "http_response_status_code"],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
});

/** The cheapest honest implementation by hand: id, answer header, context, one close listener, one observe, one line. */
export function instrument(app: Express): Instrumented {
  app.use(observeRequest);
  return { metrics: () => register.metrics() };
}

function observeRequest(req: Request, res: Response, next: NextFunction): void {
  const started = performance.now();
  const requestId = acceptedId(req.headers["x-request-id"]) ?? randomUUID();
  res.setHeader("x-request-id", requestId);
  res.on("close", () => finish(req, res, requestId, performance.now() - started));
  context.run({ requestId }, next);
}

function acceptedId(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" && ACCEPTED_ID.test(value) ? value : undefined;
}

function finish(req: Request, res: Response, requestId: string, durationMs: number): void {
  const route = req.route ? `/api/:tenant${req.route.path}` : undefined;
  duration.observe(
    {
      http_request_method: req.method,
      http_route: route ?? "(none)",
      http_response_status_code: res.statusCode,
    },
    durationMs / 1000,
  );
  log.info(
    {
      event_name: "http.server.request",
      request_id: requestId,
      http_request_method: req.method,
      http_route: route,
      url_path: req.originalUrl,
      http_response_status_code: res.statusCode,
      duration_ms: durationMs,
      outcome: res.writableFinished ? "ok" : "aborted",
    },
    "request completed",
  );
}
