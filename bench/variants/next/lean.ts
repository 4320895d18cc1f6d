import { register } from "prom-client";
import type { ServedVariant } from "../../served-variant.ts";
import { serveNext } from "./app.ts";

/** pino and prom-client in a wrapper around each route handler: no package for both is made for Next. */
export function serve(): Promise<ServedVariant> {
  return serveNext("lean", () => register.metrics());
}
