import type { Context, Middleware } from "koa";
import { defaultKit, type Taffrail } from "../../src/index.ts";
import { exchangeOf, observeExchange } from "../node/exchange.ts";
import { hearErrors } from "./app-errors.ts";
import { observeMounts } from "./mounts.ts";
import { KoaSource } from "./source.ts";

/**
 * Create the middleware that gives every request its ids, one completion line and its metrics. Use it
 * first. Koa 3, and its route's template with `@koa/router`.
 *
 * @param kit the kit; without one, a default kit is built from the environment
 * @example
 * app.use(requestLogger(kit));
 * app.use(router.routes());
 */
export function requestLogger(kit: Taffrail = defaultKit()): Middleware {
  let heard: Context["app"] | undefined;
  // No async function: on Node 20 each of its promises costs a request a hook of the context.
  return function taffrailRequestLogger(ctx: Context, next: () => Promise<unknown>): Promise<unknown> {
    if (ctx.app !== heard) {
      heard = ctx.app;
      hearErrors(heard, kit.http.requestIdHeader);
      observeMounts(heard, ctx);
    }
    const exchange = observeExchange(kit, ctx.req, ctx.res, new KoaSource(ctx));
    if (exchange === undefined) return next();
    return exchange.run(next).catch((error: unknown) => {
      exchange.failUnhandled(error);
      throw error;
    });
  };
}

/**
 * Create the middleware that puts the error which was thrown onto the completion line. Use it below error
 * handling of your own that answers errors without `app.emit("error", error, ctx)`; elsewhere there is no need of it.
 */
export function errorLogger(_kit?: Taffrail): Middleware {
  return async function taffrailErrorLogger(ctx: Context, next: () => Promise<unknown>): Promise<void> {
    try {
      await next();
    } catch (error) {
      exchangeOf(ctx.req)?.fail(error);
      throw error;
    }
  };
}
