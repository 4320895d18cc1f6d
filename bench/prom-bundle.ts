import type { Express } from "express";
import createBundle from "express-prom-bundle";
import { register } from "prom-client";
import type { Instrumented } from "./instrumentation.ts";

/** express-prom-bundle with the options its README and most tutorials show. */
export function promBundle(app: Express): Instrumented {
  app.use(
    createBundle({
      includeMethod: true,
      includePath: true,
      includeStatusCode: true,
      promClient: { collectDefaultMetrics: {} },
    }),
  );
  return { metrics: () => register.metrics() };
}
