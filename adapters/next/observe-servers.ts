import { subscribe } from "node:diagnostics_channel";
import type { EventEmitter } from "node:events";
import type { RequestListener, Server } from "node:http";
import type { Exchange } from "../../src/http/exchange.ts";
import { activeSpan } from "../../src/http/trace-context.ts";
import type { Taffrail } from "../../src/index.ts";
import { opsServer } from "../../src/ops/ops-server.ts";
import { observeExchange } from "../node/exchange.ts";
import { adoptSpan, NextSource } from "./source.ts";

const key = Symbol.for("taffrail.next.servers");
/** The kit that servers are watched for. One for all bundles, which are evaluated anew at every hot reload. */
const shared = globalThis as { [key]?: { kit: Taffrail } };

const observed = Symbol("taffrail.next.observed");
type ObservedServer = Server & { [observed]?: true; [opsServer]?: true };

/**
 * Watch the HTTP server that Next runs. Next made it before any code of the application's, and hands it to none;
 * Node tells of it at its first request, in time for that request.
 *
 * @see https://nodejs.org/api/diagnostics_channel.html#http
 */
export function observeServers(kit: Taffrail): void {
  if (shared[key]) {
    shared[key].kit = kit;
    return;
  }
  const state = { kit };
  shared[key] = state;
  subscribe("http.server.request.start", (message) => {
    // What the channel's page promises of its message.
    const { server } = message as { readonly server: ObservedServer };
    if (!server[observed] && !server[opsServer]) observe(server, state);
  });
}

function observe(server: ObservedServer, state: { readonly kit: Taffrail }): void {
  server[observed] = true;
  const emitter: EventEmitter = server;
  const { emit } = emitter;
  emitter.emit = function (this: EventEmitter, event: string | symbol, ...args: unknown[]) {
    const exchange = event === "request" ? open(state.kit, args as Parameters<RequestListener>) : undefined;
    if (exchange === undefined) return emit.call(this, event, ...args);
    return exchange.run(() => emit.call(this, event, ...args));
  };
}

function open(kit: Taffrail, [req, res]: Parameters<RequestListener>): Exchange | undefined {
  const exchange = observeExchange(kit, req, res, new NextSource(req, res));
  if (exchange && activeSpan() === undefined) adoptSpan(req, exchange);
  return exchange;
}
