import { AsyncResource } from "node:async_hooks";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import { type Scope, scopes } from "../../src/context/scope.ts";
import { serverOf } from "../node/server.ts";

const confined = Symbol.for("taffrail.scopes-confined");
type ConfinedServer = Server & { [confined]?: true };
type Emit = (event: string | symbol, ...args: unknown[]) => boolean;

/**
 * Have every request of a server begin without a scope and keep the one it enters to itself: the context that Node
 * calls the listener in is the connection's, and the next request's as well.
 */
export function confineScopes(socket: Socket): void {
  const server: ConfinedServer | undefined = serverOf(socket);
  if (server === undefined || server[confined]) return;
  server[confined] = true;
  const emit = server.emit.bind(server) as Emit;
  server.emit = (event: string | symbol, ...args: unknown[]) =>
    event === "request" ? confine(() => emit(event, ...args)) : emit(event, ...args);
}

// Not scopes.run: it does without a context of its own where the scope stays the same, as no scope does.
function confine(work: () => boolean): boolean {
  return new AsyncResource("taffrail.request").runInAsyncScope(() => {
    // That of the request at which the server came to be confined, on its connection.
    if (scopes.getStore() !== undefined) scopes.enterWith(undefined as unknown as Scope);
    return work();
  });
}
