import type { ServedVariant } from "../../served-variant.ts";
import { serveNext } from "./app.ts";

/** No logger and no metrics. */
export function serve(): Promise<ServedVariant> {
  return serveNext("bare");
}
