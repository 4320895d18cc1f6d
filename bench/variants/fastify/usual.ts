import fastifyMetrics from "fastify-metrics";
import type { ServedVariant } from "../../served-variant.ts";
import { serveFastify } from "./app.ts";

/** Fastify's own pino logger, which writes two lines a request, and fastify-metrics. */
export function serve(): Promise<ServedVariant> {
  return serveFastify({ logger: true }, async (app) => {
    // A CommonJS module: its default export is a property of the default import.
    await app.register(fastifyMetrics.default, { endpoint: "/metrics" });
    return () => app.metrics.client.register.metrics();
  });
}
