import type { Taffrail } from "../../src/index.ts";

// A bundle each for instrumentation, pages and route handlers, and new ones at every hot reload: one kit for all.
const key = Symbol.for("taffrail.next.kit");
const shared = globalThis as { [key]?: Taffrail };

/**
 * Create the kit once for the process, and answer the same one to every bundle that Next evaluates the module in.
 *
 * @example
 * // lib/kit.ts
 * export const kit = sharedKit(() => createTaffrail({ serviceName: "shop" }));
 */
export function sharedKit(create: () => Taffrail): Taffrail {
  shared[key] ??= create();
  return shared[key];
}
