import type { ArgumentsHost } from "@nestjs/common";
import { ExceptionsHandler } from "@nestjs/core/exceptions/exceptions-handler.js";
import { exchangeOf } from "../node/exchange.ts";
import { type PlatformRequest, rawRequest } from "./source.ts";

const observed = Symbol.for("taffrail.nest.errors");
type Observable = typeof ExceptionsHandler.prototype & { [observed]?: true };

/**
 * See every exception of Nest's: of handlers, guards, pipes, interceptors and middleware, before a filter makes
 * an answer of it. Interceptors don't see what guards reject, and a filter only what no nearer filter took; all
 * of it passes through Nest's exceptions handler. Once for the process: only watched requests take notice.
 */
export function observeErrors(): void {
  const handler: Observable = ExceptionsHandler.prototype;
  if (handler[observed]) return;
  handler[observed] = true;
  const { next } = handler;
  handler.next = function (this: ExceptionsHandler, exception, host: ArgumentsHost) {
    if (host.getType() === "http") {
      const request = host.getArgByIndex<PlatformRequest>(0);
      // A second one is a filter's own.
      exchangeOf(rawRequest(request))?.failUnhandled(exception);
    }
    return next.call(this, exception, host as never);
  };
}
