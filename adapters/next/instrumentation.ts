import { currentExchange } from "../../src/http/exchange.ts";
import { defaultKit, type Taffrail } from "../../src/index.ts";
import { isControlFlow } from "./control-flow.ts";
import { observeServers } from "./observe-servers.ts";
import { keepRoute } from "./source.ts";

// Next calls it again at every hot reload of the file it is in.
const key = Symbol.for("taffrail.next.started");
const shared = globalThis as { [key]?: WeakSet<Taffrail> };

/**
 * What `register` of `instrumentation.ts` has to do: watch Next's server and start the kit. While `next build` runs it
 * does nothing.
 *
 * @param kit the kit; without one, a default kit is built from the environment
 * @throws TaffrailError `ERR_TAFFRAIL_OPS_PORT_IN_USE`, `ERR_TAFFRAIL_OPS_LISTEN`
 * @see https://nextjs.org/docs/app/api-reference/file-conventions/instrumentation
 */
export async function register(kit?: Taffrail): Promise<void> {
  if (process.env["NEXT_PHASE"] === "phase-production-build") return;
  // The default kit is started by whoever is first to ask for it.
  if (kit === undefined) return observeServers(defaultKit());
  observeServers(kit);
  shared[key] ??= new WeakSet();
  if (shared[key].has(kit)) return;
  shared[key].add(kit);
  await kit.listen();
}

/** What `instrumentation.ts` exports for Next to tell which error made a request fail, wherever it was thrown. */
export function onRequestError(error: unknown): void {
  const exchange = currentExchange();
  if (exchange === undefined || isControlFlow(error)) return;
  keepRoute(exchange);
  exchange.fail(error);
}
