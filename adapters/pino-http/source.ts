import type { IncomingMessage, ServerResponse } from "node:http";
import { NodeSource } from "../node/source.ts";

/** What Express puts on a request when a route matched. */
interface RoutedRequest extends IncomingMessage {
  readonly originalUrl?: string;
  readonly baseUrl?: string;
  readonly route?: { readonly path?: unknown };
}

/** A request that no adapter of a framework watches. */
export class PinoHttpSource extends NodeSource {
  readonly #req: RoutedRequest;

  constructor(req: RoutedRequest, res: ServerResponse) {
    super(req, res, req.originalUrl ?? req.url);
    this.#req = req;
  }

  /** The route's own path. Below a mount path it is not the whole, and the mount path holds what the client asked for. */
  override route(): string | undefined {
    const { baseUrl, route } = this.#req;
    return !baseUrl && typeof route?.path === "string" ? route.path : undefined;
  }
}
