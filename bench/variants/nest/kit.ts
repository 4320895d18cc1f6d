import { createTaffrail } from "taffrail";
import { TaffrailModule } from "taffrail/nest";
import type { ServedVariant } from "../../served-variant.ts";
import { type Added, serveNest } from "./app.ts";

/** Taffrail as its README says to wire it. */
export async function serve(): Promise<ServedVariant> {
  return serveNest(await taffrail());
}

/** What Taffrail adds to Nest, whatever its platform. */
export async function taffrail(): Promise<Added> {
  const kit = createTaffrail({ serviceName: "bench", ops: { port: 0 } });
  await kit.listen();
  return {
    imports: [TaffrailModule.forRoot(kit)],
    metrics: () => kit.metrics.registry.metrics(),
  };
}
