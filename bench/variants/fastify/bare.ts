import type { ServedVariant } from "../../served-variant.ts";
import { serveFastify } from "./app.ts";

/** No logger and no metrics. */
export function serve(): Promise<ServedVariant> {
  return serveFastify();
}
