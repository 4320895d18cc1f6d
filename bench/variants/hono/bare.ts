import type { ServedVariant } from "../../served-variant.ts";
import { serveHono } from "./app.ts";

/** No logger and no metrics. */
export function serve(): ServedVariant {
  return serveHono();
}
