import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from "fastify";
import type { Exchange } from "../../src/http/exchange.ts";
import type { Upgrade } from "../../src/http/upgrade.ts";
import { defaultKit, type Taffrail } from "../../src/index.ts";
import { exchangeOf, observeExchange } from "../node/exchange.ts";
import { replaceLogController } from "../node/fastify/log-controller.ts";
import { watchServer } from "../node/server.ts";
import { upgradeOf } from "../node/upgrade.ts";
import { FastifySource } from "./source.ts";

export interface TaffrailPluginOptions {
  /** The kit. @default one built from the environment */
  readonly kit?: Taffrail;
}

/**
 * The Fastify plugin that gives every request its ids, one completion line and its metrics, and has `app.log` and
 * `request.log` write the contract. Register it first. Fastify 5.10 and above.
 *
 * @example
 * const app = Fastify();
 * app.register(taffrail, { kit });
 */
export const taffrail: FastifyPluginCallback<TaffrailPluginOptions> = Object.assign(registerTaffrail, {
  // What the package fastify-plugin would set: not a context of its own, but the one that it is registered in.
  [Symbol.for("skip-override")]: true,
  [Symbol.for("fastify.display-name")]: "taffrail",
  [Symbol.for("plugin-meta")]: { name: "taffrail", fastify: ">=5.10" },
});

function registerTaffrail(
  app: FastifyInstance,
  { kit = defaultKit() }: TaffrailPluginOptions,
  done: () => void,
): void {
  app.log = kit.log;
  replaceLogController(app);
  if (Object.hasOwn(app, "server")) watchApplication(kit, app);
  app.addHook("onRequest", (request, reply, next) => {
    const { raw } = request;
    // A WebSocket's request is routed like any other.
    const scope = exchangeOf(raw) ?? observe(kit, raw, reply.raw) ?? upgradeOf(raw);
    handOver(kit, scope, { request, reply });
    if (scope) scope.run(next);
    else next();
  });
  app.addHook("onError", (request, _reply, error, next) => {
    exchangeOf(request.raw)?.fail(error);
    next();
  });
  done();
}

/** Watch the server of a whole application: what Fastify refuses before any hook has its line as well. */
function watchApplication(kit: Taffrail, app: FastifyInstance): void {
  watchServer(kit, app.server);
  app.server.prependListener("request", (req, res) => void observe(kit, req, res));
  // After the last request: the application's own onClose hooks close what requests need.
  kit.onClose("fastify", () => app.close());
}

function observe(kit: Taffrail, req: IncomingMessage, res: ServerResponse): Exchange | undefined {
  return observeExchange(kit, req, res, new FastifySource(req, res));
}

/** Show the exchange what Fastify made of the request, and the request its ids. */
function handOver(
  kit: Taffrail,
  scope: Exchange | Upgrade | undefined,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): void {
  request.log = scope ? kit.http.loggerOf(scope) : kit.log;
  reply.log = request.log;
  if (scope === undefined) return;
  if (scope.source instanceof FastifySource) scope.source.request = request;
  // Its type says read-only, which is meant for the application.
  (request as { id: string }).id = scope.requestId;
}
