import { createTaffrail } from "taffrail";
import { taffrail } from "taffrail/fastify";
import type { ServedVariant } from "../../served-variant.ts";
import { serveFastify } from "./app.ts";

/** Taffrail as its README says to wire it. */
export function serve(): Promise<ServedVariant> {
  return serveFastify({}, async (app) => {
    const kit = createTaffrail({ serviceName: "bench", ops: { port: 0 } });
    await kit.listen();
    await app.register(taffrail, { kit });
    return () => kit.metrics.registry.metrics();
  });
}
