import type { Context, MiddlewareHandler, Next } from "hono";
import type { Exchange } from "../../src/http/exchange.ts";
import { defaultKit, type Taffrail } from "../../src/index.ts";
import { observeExchange } from "../node/exchange.ts";
import { answerWatched } from "../web/exchange.ts";
import { nodeBindings, remoteAddress } from "./environment.ts";
import { matchedRoute } from "./route.ts";
import { HonoNodeSource, type NodeBindings } from "./source.ts";

/**
 * Create the middleware that gives every request its ids, one completion line and its metrics. Use it
 * first. Hono 4.8 and above, on Node by `@hono/node-server`, on Bun and on Deno.
 *
 * @param kit the kit; without one, a default kit is built from the environment
 * @example
 * app.use(requestLogger(kit));
 */
export function requestLogger(kit: Taffrail = defaultKit()): MiddlewareHandler {
  // No async functions on Node: under Node 20 each of their promises costs a request a hook of the context.
  return function taffrailRequestLogger(c: Context, next: Next): Promise<void> {
    const bindings = nodeBindings(c);
    return bindings === undefined ? onWeb(kit, c, next) : onNode(kit, c, { next, ...bindings });
  };
}

function onNode(
  kit: Taffrail,
  c: Context,
  { incoming, outgoing, next }: NodeBindings & { readonly next: Next },
): Promise<void> {
  const exchange =
    outgoing && observeExchange(kit, incoming, outgoing, new HonoNodeSource(c, incoming, outgoing));
  if (exchange === undefined) return next();
  return exchange.run(next).then(
    () => tellError(exchange, c),
    (error: unknown) => {
      tellError(exchange, c);
      exchange.failUnhandled(error);
      throw error;
    },
  );
}

async function onWeb(kit: Taffrail, c: Context, next: Next): Promise<void> {
  const context = { route: () => matchedRoute(c), clientAddress: () => remoteAddress(c) };
  const response = await answerWatched(kit, c.req.raw, context, async (exchange) => {
    try {
      await next();
    } finally {
      tellError(exchange, c);
    }
    return c.res;
  });
  if (response === c.res) return;
  // Hono would put the headers of a response that it still holds on top of those of the new one.
  c.res = undefined;
  c.res = response;
}

/** Hono answers what a handler throws by itself, and leaves it on the context. */
function tellError(exchange: Exchange | undefined, c: Context): void {
  if (c.error !== undefined) exchange?.fail(c.error);
}
