import type { Express } from "express";
import expressWinston from "express-winston";
import winston from "winston";
import type { Instrumented } from "../instrumentation.ts";

/** express-winston as its README says to wire it, as JSON to the console: no metrics, no request id. */
export function instrument(app: Express): Instrumented {
  app.use(
    expressWinston.logger({
      transports: [new winston.transports.Console()],
      format: winston.format.json(),
    }),
  );
  return {};
}
