import { createTaffrail } from "taffrail";
import { requestLogger } from "taffrail/koa";
import type { ServedVariant } from "../../served-variant.ts";
import { serveKoa } from "./app.ts";

/** Taffrail as its README says to wire it. */
export async function serve(): Promise<ServedVariant> {
  const kit = createTaffrail({ serviceName: "bench", ops: { port: 0 } });
  await kit.listen();
  return serveKoa([requestLogger(kit)], () => kit.metrics.registry.metrics());
}
