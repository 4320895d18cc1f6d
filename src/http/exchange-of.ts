import type { Exchange } from "./exchange.ts";

/** Shared by copies of the package and by adapters stacked on one server: the first to come watches, once. */
export const exchangeKey: unique symbol = Symbol.for("taffrail.exchange");

/** A framework's request that may have an exchange. */
export type Watched = object & { [exchangeKey]?: Exchange | undefined };

/** The exchange a request belongs to, if one was opened. */
export function exchangeOf(request: object): Exchange | undefined {
  return (request as Watched)[exchangeKey];
}
