import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import { scopes } from "../../src/context/scope.ts";
import type { Upgrade } from "../../src/http/upgrade.ts";
import type { Taffrail } from "../../src/index.ts";
import { watchStatus } from "./first-status.ts";

/**
 * Watch the connections that a server upgrades. Only once somebody else listens for 'upgrade': a listener of the
 * kit's alone would have Node hand over requests that the application answers as any other.
 */
export function watchUpgrades(kit: Taffrail, server: Server): void {
  let isWatching = false;
  const watch = (req: IncomingMessage, socket: Socket): void => observeUpgrade(kit, req, socket);
  const start = (): void => {
    if (isWatching) return;
    isWatching = true;
    server.prependListener("upgrade", watch);
  };
  if (server.listenerCount("upgrade") > 0) start();
  server.on("newListener", (event) => {
    if (event === "upgrade") start();
  });
  server.on("removeListener", (event, listener) => {
    if (event !== "upgrade" || listener === watch || server.listenerCount("upgrade") !== 1) return;
    isWatching = false;
    server.off("upgrade", watch);
  });
}

function observeUpgrade(kit: Taffrail, req: IncomingMessage, socket: Socket): void {
  const upgrade = kit.http.upgrades.begin({
    method: req.method ?? "",
    target: req.url ?? "",
    requestHeader: (name) => {
      const { [name]: value } = req.headers;
      return typeof value === "object" ? value.join(", ") : value;
    },
    clientAddress: socket.remoteAddress,
  });
  if (upgrade === undefined) return;
  watchStatus(socket, (status) => upgrade.answer(status));
  socket.once("close", () => upgrade.close(socket.errored ?? undefined));
  emitWithin(socket, upgrade);
  // For the listeners that follow, and for nobody else: this turn is the connection's alone.
  scopes.enterWith(upgrade);
}

/** What the connection brings from now on, every message, is told within its scope. */
function emitWithin(socket: Socket, upgrade: Upgrade): void {
  // One signature of the many that its type has.
  const emit: (event: string | symbol, ...args: unknown[]) => boolean = socket.emit;
  socket.emit = (event: string | symbol, ...args: unknown[]) =>
    upgrade.run(() => emit.call(socket, event, ...args));
}
