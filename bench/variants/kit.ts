import type { Express } from "express";
import { createTaffrail } from "taffrail";
import { errorLogger, requestLogger } from "taffrail/express";
import type { Instrumented } from "../instrumentation.ts";

/** Taffrail as its README says to wire it. */
export function instrument(app: Express): Instrumented {
  const kit = createTaffrail({ serviceName: "bench" });
  app.use(requestLogger(kit));
  return {
    afterRoutes: () => app.use(errorLogger(kit)),
    metrics: () => kit.metrics.registry.metrics(),
  };
}
