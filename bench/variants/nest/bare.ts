import type { ServedVariant } from "../../served-variant.ts";
import { serveNest } from "./app.ts";

/** No logger and no metrics. */
export function serve(): Promise<ServedVariant> {
  return serveNest();
}
