import type { Express } from "express";
import morgan from "morgan";
import type { Instrumented } from "../instrumentation.ts";
import { promBundle } from "../prom-bundle.ts";

/** morgan's Apache-style line, and express-prom-bundle: no JSON, no request id. */
export function instrument(app: Express): Instrumented {
  app.use(morgan("combined"));
  return promBundle(app);
}
