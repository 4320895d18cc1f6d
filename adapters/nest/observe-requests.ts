import type { ServerResponse } from "node:http";
import type { AbstractHttpAdapter } from "@nestjs/core";
import { currentExchange, type Exchange } from "../../src/http/exchange.ts";
import type { Taffrail } from "../../src/index.ts";
import { observeExchange } from "../node/exchange.ts";
import { NestSource, type PlatformRequest, rawRequest } from "./source.ts";

/**
 * Watch the requests of a Nest application, whatever platform it runs on: through the hooks that Nest's HTTP
 * adapters have for instrumentation. The request hook runs before any middleware, body parsers included.
 */
export function observeRequests(kit: Taffrail, adapter: AbstractHttpAdapter): void {
  adapter.setOnRequestHook((request: PlatformRequest, response: PlatformResponse, done: () => void) => {
    const exchange = observe(kit, request, response);
    if (exchange) exchange.run(done);
    else done();
  });
  const tell = adapter.getOnRouteTriggered();
  adapter.setOnRouteTriggered((method, path) => {
    tell?.(method, path);
    const source = currentExchange()?.source;
    if (source instanceof NestSource) source.match(path);
  });
}

/** Express's response is Node's; Fastify's reply holds it. */
type PlatformResponse = ServerResponse | { readonly raw: ServerResponse };

function observe(kit: Taffrail, request: PlatformRequest, response: PlatformResponse): Exchange | undefined {
  const req = rawRequest(request);
  const res = "raw" in response ? response.raw : response;
  return observeExchange(kit, req, res, new NestSource(request, req, res));
}
