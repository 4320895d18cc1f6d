import type { Express } from "express";
import { createTaffrail } from "taffrail";
import { errorLogger, requestLogger } from "taffrail/express";
import type { Instrumented } from "../instrumentation.ts";

/** Taffrail as its README says to wire it, operations server and runtime metrics included. */
export async function instrument(app: Express): Promise<Instrumented> {
  const kit = createTaffrail({ serviceName: "bench", ops: { port: 0 } });
  await kit.listen();
  app.use(requestLogger(kit));
  return {
    afterRoutes: () => app.use(errorLogger(kit)),
    metrics: () => kit.metrics.registry.metrics(),
  };
}
