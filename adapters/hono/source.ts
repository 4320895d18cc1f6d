import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "hono";
import { NodeSource } from "../node/source.ts";
import { matchedRoute } from "./route.ts";

/** What `@hono/node-server` puts into the environment; for an upgrade there is no response. */
export interface NodeBindings {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse | undefined;
}

/** Hono's request and response on Node as the kit sees them. */
export class HonoNodeSource extends NodeSource {
  readonly #c: Context;

  constructor(c: Context, incoming: IncomingMessage, outgoing: ServerResponse) {
    super(incoming, outgoing);
    this.#c = c;
  }

  override route(): string | undefined {
    return matchedRoute(this.#c);
  }
}
