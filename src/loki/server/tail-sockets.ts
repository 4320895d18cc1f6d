import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { LogBackend } from "../thread/log-backend.ts";
import { apiRequest } from "./api-handler.ts";

const tailPath = "/loki/api/v1/tail";
const maxSockets = 50;
// What may wait for a client that reads slowly; then it is let go, rather than held in memory.
const maxWaitingBytes = 16 * 1024 * 1024;

/** Serves /loki/api/v1/tail over WebSocket. */
export class TailSockets {
  readonly #backend: LogBackend;
  readonly #server: WebSocketServer = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });
  // Those that are not upgraded yet count too: many may come at once.
  readonly #sockets: Set<Duplex> = new Set();

  constructor(backend: LogBackend) {
    this.#backend = backend;
  }

  /** Answer a request to upgrade. */
  async upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const request = apiRequest(req, Buffer.alloc(0));
    if (request.path !== tailPath) return refuse(socket, "404 Not Found", "404 page not found\n");
    if (this.#sockets.size >= maxSockets)
      return refuse(
        socket,
        "429 Too Many Requests",
        `at most ${maxSockets} queries are followed at a time\n`,
      );
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    let client: WebSocket | undefined;
    const early: string[] = [];
    const followed = await this.#backend.tail(request, (frame) => {
      if (client) send(client, frame);
      else early.push(frame);
    });
    if ("status" in followed)
      return refuse(socket, `${followed.status} Bad Request`, Buffer.from(followed.body).toString());
    socket.once("close", () => followed.end());
    if (socket.destroyed) return followed.end();
    this.#server.handleUpgrade(req, socket, head, (opened) => {
      client = opened;
      // A client that breaks the protocol is closed by ws itself; the error says no more than that.
      opened.on("error", () => opened.terminate());
      for (const frame of early.splice(0)) send(opened, frame);
      void followed.ended?.then(() => opened.close(1001, "the log server ended it"));
    });
  }

  close(): void {
    for (const client of this.#server.clients) client.close(1001, "the server stops");
    this.#server.close();
  }
}

function send(client: WebSocket, frame: string): void {
  if (client.bufferedAmount > maxWaitingBytes) client.close(1013, "the client reads too slowly");
  else if (client.readyState === client.OPEN) client.send(frame);
}

/** Refuse to upgrade, in plain HTTP. */
export function refuse(socket: Duplex, status: string, body: string): void {
  const bytes = Buffer.byteLength(body);
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${bytes}\r\n\r\n${body}`,
  );
}
