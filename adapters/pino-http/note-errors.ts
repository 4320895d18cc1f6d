import type { ServerResponse } from "node:http";
import type { Exchange } from "../../src/http/exchange.ts";

/** Take notice of `res.err`, by which set-ups of pino-http tell what failed, at the time it is told. */
export function noteErrors(exchange: Exchange, res: ServerResponse): void {
  let told: unknown;
  Object.defineProperty(res, "err", {
    configurable: true,
    get: () => told,
    set(error: unknown) {
      told = error;
      if (error !== undefined && error !== null) exchange.fail(error);
    },
  });
}
