import type { IncomingMessage, ServerResponse } from "node:http";
import { defaultKit, type Taffrail } from "../../src/index.ts";
import { exchangeOf, observeExchange } from "./exchange.ts";
import { NodeSource } from "./source.ts";

/** What a plain Node handler may tell about its request. */
export interface NodeExchange {
  /** Say which route matched, as a template: `/orders/:id`. */
  setRoute(template: string): void;
  /** Say which error made the request fail. */
  fail(error: unknown): void;
}

export type NodeHandler = (req: IncomingMessage, res: ServerResponse, exchange: NodeExchange) => unknown;

/**
 * Wrap a handler of Node's own HTTP server: one completion line a request, ids, timing and metrics.
 * What the handler throws, or rejects with, is logged and answered with 500.
 *
 * @param kit the kit; without one, a default kit is built from the environment
 * @example
 * createServer(requestLogger(kit)((req, res, exchange) => {
 *   exchange.setRoute("/hello");
 *   res.end("hello");
 * }));
 */
export function requestLogger(
  kit: Taffrail = defaultKit(),
): (handler: NodeHandler) => (req: IncomingMessage, res: ServerResponse) => void {
  return (handler) => (req, res) => {
    const source = new RoutedSource(req, res);
    const opened = observeExchange(kit, req, res, source);
    const exchange: NodeExchange = {
      setRoute: (template) => source.setRoute(template),
      fail: (error) => exchangeOf(req)?.fail(error),
    };
    const work = (): void => callHandler(handler, req, res, exchange);
    if (opened) opened.run(work);
    else work();
  };
}

/** Node has no router: the handler says which route matched. */
class RoutedSource extends NodeSource {
  #route: string | undefined = undefined;

  setRoute(template: string): void {
    this.#route = template;
  }

  override route(): string | undefined {
    return this.#route;
  }
}

function callHandler(
  handler: NodeHandler,
  req: IncomingMessage,
  res: ServerResponse,
  exchange: NodeExchange,
): void {
  const failed = (error: unknown): void => {
    exchange.fail(error);
    if (res.headersSent) return void res.destroy();
    res.statusCode = 500;
    res.end();
  };
  try {
    Promise.resolve(handler(req, res, exchange)).catch(failed);
  } catch (error) {
    failed(error);
  }
}
