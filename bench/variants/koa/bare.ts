import type { ServedVariant } from "../../served-variant.ts";
import { serveKoa } from "./app.ts";

/** No logger and no metrics. */
export function serve(): ServedVariant {
  return serveKoa();
}
