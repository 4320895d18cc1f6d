import type { Context } from "koa";
import pinoLogger from "koa-pino-logger";
import { collectDefaultMetrics, Histogram, register } from "prom-client";
import type { ServedVariant } from "../../served-variant.ts";
import { serveKoa } from "./app.ts";

/** koa-pino-logger, and a hand-written middleware over prom-client as guides show it: the least there is. */
export function serve(): ServedVariant {
  collectDefaultMetrics();
  return serveKoa([pinoLogger(), observe], () => register.metrics());
}

const duration = new Histogram({
  name: "http_request_duration_seconds",
  help: "Duration of HTTP requests.",
  labelNames: ["method", "route", "status_code"],
});

async function observe(ctx: Context, next: () => Promise<unknown>): Promise<void> {
  const end = duration.startTimer();
  try {
    await next();
  } finally {
    end({ method: ctx.method, route: String(ctx["_matchedRoute"]), status_code: ctx.status });
  }
}
