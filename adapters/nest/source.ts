import type { IncomingMessage, ServerResponse } from "node:http";
import { NodeSource } from "../node/source.ts";

/** What Nest hands around as "the request": Express's, which is Node's own, or Fastify's, which holds Node's. */
export interface PlatformRequest {
  readonly raw?: IncomingMessage;
  /** Express: the target before routers rewrote it. */
  readonly originalUrl?: string;
  /** The client's address through the proxies that the platform trusts. */
  readonly ip?: string;
  /** Fastify: the route that its router found. */
  readonly routeOptions?: { readonly url?: string | undefined };
}

/** Node's request behind a platform's. */
export function rawRequest(request: PlatformRequest | IncomingMessage): IncomingMessage {
  return "raw" in request && request.raw !== undefined ? request.raw : (request as IncomingMessage);
}

/** A request and response of a Nest application as the kit sees them. */
export class NestSource extends NodeSource {
  readonly #request: PlatformRequest;
  #template: string | undefined = undefined;

  constructor(request: PlatformRequest, req: IncomingMessage, res: ServerResponse) {
    super(req, res, request.originalUrl ?? req.url);
    this.#request = request;
  }

  /** Nest is about to call the handler of a route, declared as this template. */
  match(template: string): void {
    this.#template = template;
  }

  override route(): string | undefined {
    // Nest tells only of its own routes; Fastify also knows those of plugins.
    return this.#template ?? this.#request.routeOptions?.url;
  }

  protected override forwardedAddress(): string | undefined {
    return this.#request.ip;
  }
}
