import { createRequire } from "node:module";
import type { Middleware } from "koa";
import pinoLogger from "koa-pino-logger";
import { register } from "prom-client";
import type { ServedVariant } from "../../served-variant.ts";
import { serveKoa } from "./app.ts";

// It looks for the package.json of the module that required it, and knows none for an import.
const require = createRequire(import.meta.url);
const { koaMiddleware } = require("prometheus-api-metrics") as { koaMiddleware: () => Middleware };

/** koa-pino-logger and prometheus-api-metrics, the one package of metrics for Koa that is kept up. */
export function serve(): ServedVariant {
  return serveKoa([pinoLogger(), koaMiddleware()], () => register.metrics());
}
