import type { Server } from "node:http";
import type { Socket } from "node:net";
import { exchangeKey, type Watched } from "../../src/http/exchange-of.ts";
import type { Taffrail } from "../../src/index.ts";
import { watchStatus } from "./first-status.ts";
import { watchUpgrades } from "./upgrade.ts";

const watched: unique symbol = Symbol.for("taffrail.server");
type WatchedServer = Server & { [watched]?: true };

/**
 * Watch a server as a whole: malformed requests are counted and logged, and the kit closes it when
 * the process is asked to stop. Middleware does this by itself at a server's first request; call it
 * to have it from the start.
 */
export function watchServer(kit: Taffrail, server: Server | Socket): void {
  const target: WatchedServer | undefined = "listen" in server ? server : serverOf(server);
  if (target === undefined || target[watched]) return;
  target[watched] = true;
  watchUpgrades(kit, target);
  target.prependListener("request", reserveExchange);
  kit.onDrain("http server", () => closeServer(target));
  // First of all listeners: one of the framework's or the application's own answers, and leaves a closed socket behind.
  target.prependListener("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    const code = error.code ?? "ERR_HTTP_UNKNOWN";
    // A socket that was reset is a client that left, not one that sent rubbish.
    if (code === "ECONNRESET" || !socket.writable) return void socket.destroy();
    // Read now: a socket that closed no longer knows its peer.
    const clientAddress = socket.remoteAddress;
    const tell = (status?: number): void => kit.http.clientError({ code, status, clientAddress });
    if (target.listenerCount("clientError") === 1) tell(refuse(socket, error));
    else watchRefusal(socket, tell);
  });
}

/**
 * Have a request carry the property before Express changes its prototype: one added afterwards makes a hidden class for
 * this request alone on Node 20 and 22, in which all that Express reads is looked up anew.
 */
function reserveExchange(req: Watched): void {
  // An adapter may have opened it by now.
  if (!Object.hasOwn(req, exchangeKey)) req[exchangeKey] = undefined;
}

/** The server that accepted a connection: Node sets it on every socket, and doesn't say so in its types. */
export function serverOf(socket: Socket): WatchedServer | undefined {
  return (socket as { server?: WatchedServer }).server;
}

const statuses: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Payload Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** Answer as Node itself does where nobody listens for 'clientError'; listening took that over. */
function refuse(socket: Socket, error: NodeJS.ErrnoException): number | undefined {
  const status = statuses[error.code ?? ""] ?? "400 Bad Request";
  // Bytes of another answer on the wire would make this one a part of it.
  const midAnswer = (socket as { _httpMessage?: { _header?: string | null } })._httpMessage?._header;
  if (!midAnswer) socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  socket.destroy(error);
  return midAnswer ? undefined : Number.parseInt(status, 10);
}

/** Tell the status that another listener refuses the client with, once all of them had their turn. */
function watchRefusal(socket: Socket, tell: (status?: number) => void): void {
  let status: number | undefined;
  watchStatus(socket, (sent) => {
    status = sent;
  });
  setImmediate(() => tell(status));
}

const sweepMs = 50;

/** Close a server when its last answer is out, not when its clients get tired of their idle connections. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
    // Before the application's listeners: they may answer at once.
    server.prependListener("request", (_req, res) => {
      res.shouldKeepAlive = false;
    });
    server.close(() => {
      // An error means it was closed already.
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}
