import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import type { Upgrade, UpgradeSource } from "../../src/http/upgrade.ts";
import type { Taffrail } from "../../src/index.ts";
import { watchStatus } from "./first-status.ts";

/**
 * Watch the connections that a server upgrades. Not by a listener: Node would hand over to it what the application
 * answers as any other request. Nor before somebody listens, so that a server without WebSockets pays nothing.
 */
export function watchUpgrades(kit: Taffrail, server: Server): void {
  if (server.listenerCount("upgrade") > 0) {
    watchEmit(kit, server);
    return;
  }
  const onListener = (event: string | symbol): void => {
    if (event !== "upgrade") return;
    server.off("newListener", onListener);
    watchEmit(kit, server);
  };
  server.on("newListener", onListener);
}

const upgrades = new WeakMap<IncomingMessage, Upgrade>();

/** The upgrade that a request asked for, where a framework is handed it as a request like any other. */
export function upgradeOf(req: IncomingMessage): Upgrade | undefined {
  return upgrades.get(req);
}

/** One signature of the many that an emitter's type has. */
type Emit = (event: string | symbol, ...args: unknown[]) => boolean;

function watchEmit(kit: Taffrail, server: Server): void {
  const emit = server.emit.bind(server) as Emit;
  server.emit = (event: string | symbol, ...args: unknown[]) => {
    if (event !== "upgrade") return emit(event, ...args);
    // What Node emits with it.
    const [req, socket] = args as [IncomingMessage, Socket];
    const upgrade = kit.http.upgrades.begin(sourceOf(req, socket));
    if (upgrade === undefined) return emit(event, ...args);
    upgrades.set(req, upgrade);
    observe(upgrade, socket);
    return upgrade.run(() => emit(event, ...args));
  };
}

function sourceOf({ method = "", url = "", headers }: IncomingMessage, socket: Socket): UpgradeSource {
  return {
    method,
    target: url,
    requestHeader(name) {
      const { [name]: value } = headers;
      return typeof value === "object" ? value.join(", ") : value;
    },
    clientAddress: socket.remoteAddress,
  };
}

function observe(upgrade: Upgrade, socket: Socket): void {
  watchStatus(socket, (status) => upgrade.answer(status));
  socket.once("close", () => upgrade.close(socket.errored ?? undefined));
  const emit = socket.emit.bind(socket) as Emit;
  // What the connection brings from now on, every message, is told within its scope.
  socket.emit = (event: string | symbol, ...args: unknown[]) => upgrade.run(() => emit(event, ...args));
}
