import { prometheus } from "@hono/prometheus";
import { logger } from "hono/logger";
import { register } from "prom-client";
import type { ServedVariant } from "../../served-variant.ts";
import { serveHono } from "./app.ts";

/** Hono's own logger, which writes two lines of text a request, and @hono/prometheus. */
export function serve(): ServedVariant {
  const { registerMetrics } = prometheus({ registry: register, collectDefaultMetrics: true });
  return serveHono([logger(), registerMetrics], () => register.metrics());
}
