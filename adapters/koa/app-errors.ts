import type { ServerResponse } from "node:http";
import type Koa from "koa";
import { exchangeOf } from "../node/exchange.ts";

const heard = Symbol("taffrail.heard");

/**
 * Have an application's errors told to their exchange: those of a body that broke while it was sent, and those that
 * error handling answered and then emitted, come to no middleware. What Koa would print to stderr stands on the
 * completion line, so it isn't printed as well.
 */
export function hearErrors(app: Koa, requestIdHeader: string): void {
  if (heard in app) return;
  Object.defineProperty(app, heard, { value: true });
  const { onerror } = app;
  // Koa listens itself where nobody did when the application was started.
  const prints = app.listeners("error").includes(onerror);
  app.off("error", onerror);
  app.on("error", (error: Error, ctx?: Koa.Context) => {
    const exchange = ctx && exchangeOf(ctx.req);
    if (ctx === undefined || exchange === undefined) {
      if (prints) onerror.call(app, error);
      return;
    }
    exchange.fail(error);
    keepHeader(ctx.res, requestIdHeader);
  });
}

/** Before it answers an error, Koa removes every header. */
function keepHeader(res: ServerResponse, kept: string): void {
  const { removeHeader } = res;
  res.removeHeader = (name) => {
    if (name.toLowerCase() !== kept) removeHeader.call(res, name);
  };
}
