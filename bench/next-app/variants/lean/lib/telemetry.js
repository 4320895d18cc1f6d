import pino from "pino";
import { collectDefaultMetrics, Histogram, register } from "prom-client";

/** On the global object, since every bundle of Next's evaluates this file anew. */
globalThis.telemetry ??= createTelemetry();
export const { logger, duration } = globalThis.telemetry;

function createTelemetry() {
  collectDefaultMetrics();
  return {
    logger: pino(),
    register,
    duration: new Histogram({
      name: "http_request_duration_seconds",
      help: "Duration of HTTP requests.",
      labelNames: ["method", "route", "status_code"],
    }),
  };
}
