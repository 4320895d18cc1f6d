import { sharedKit } from "taffrail/next";
import type { ServedVariant } from "../../served-variant.ts";
import { serveNext } from "./app.ts";

/** Taffrail as its README says to wire it: the application makes the kit. */
export function serve(): Promise<ServedVariant> {
  return serveNext("kit", () => sharedKit(missing).metrics.registry.metrics());
}

function missing(): never {
  throw new Error("the application made no kit");
}
