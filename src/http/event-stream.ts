import type { ExchangeSource } from "./exchange.ts";

/**
 * Tell whether a response is a stream of events: it lasts as long as its reader likes, who ends it by leaving.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function isEventStream(source: ExchangeSource): boolean {
  return source.responseHeader("content-type")?.startsWith("text/event-stream") === true;
}
