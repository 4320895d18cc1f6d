import type { Express } from "express";
import type { Instrumented } from "../instrumentation.ts";
import { promBundle } from "../prom-bundle.ts";
import { instrument as addExpressWinston } from "./express-winston.ts";

/** express-winston for the line and express-prom-bundle for metrics. */
export function instrument(app: Express): Instrumented {
  addExpressWinston(app);
  return promBundle(app);
}
