import type { FastifyRequest } from "fastify";
import { NodeSource } from "../node/source.ts";

/** A Fastify request and response as the kit sees them. Until Fastify has routed the request, Node's own is all there is. */
export class FastifySource extends NodeSource {
  request: FastifyRequest | undefined = undefined;

  override route(): string | undefined {
    return this.request?.routeOptions.config.url;
  }

  protected override forwardedAddress(): string | undefined {
    return this.request?.ip;
  }
}
