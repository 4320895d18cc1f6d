import { createTaffrail } from "taffrail";
import { TaffrailModule } from "taffrail/nest";
import type { ServedVariant } from "../../served-variant.ts";
import { serveNest } from "./app.ts";

/** Taffrail as its README says to wire it. */
export async function serve(): Promise<ServedVariant> {
  const kit = createTaffrail({ serviceName: "bench", ops: { port: 0 } });
  await kit.listen();
  return serveNest({
    imports: [TaffrailModule.forRoot(kit)],
    metrics: () => kit.metrics.registry.metrics(),
  });
}
