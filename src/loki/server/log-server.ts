import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { LogBackend } from "../thread/log-backend.ts";
import { answerFromStore } from "./api-handler.ts";
import { refusal } from "./request-check.ts";
import { refuse, TailSockets } from "./tail-sockets.ts";

/** Answers a request and says so by true, or leaves it to the next. */
export type RequestHandler = (
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
) => boolean | Promise<boolean>;

export interface LogServerOptions {
  readonly backend: LogBackend;
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** 0 leaves the choice to the system. */
  readonly port: number;
  /** Names beside the loopback ones under which the server may be asked. @default [] */
  readonly allowedHosts?: readonly string[];
  /** Asked before the log API, in this order. @default [] */
  readonly handlers?: readonly RequestHandler[];
}

export interface LogServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serve a store's API over HTTP, on the loopback interface unless told otherwise.
 * @throws NodeJS.ErrnoException when it can't listen.
 */
export async function startLogServer(options: LogServerOptions): Promise<LogServer> {
  const { backend, host = "127.0.0.1", port, handlers = [] } = options;
  const hosts = new Set([host, ...(options.allowedHosts ?? [])].map((name) => name.toLowerCase()));
  const tails = new TailSockets(backend);
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000 }, (req, res) => {
    answer(req, res, { backend, hosts, handlers }).catch((error: unknown) => fail(res, error));
  });
  server.on("upgrade", (req, socket, head) => {
    socket.on("error", () => socket.destroy());
    const reason = refusal(req, hosts);
    if (reason !== undefined) return refuse(socket, "403 Forbidden", reason);
    tails.upgrade(req, socket, head).catch(() => socket.destroy());
  });
  server.listen(port, host);
  await once(server, "listening");
  // A server that listens on TCP has an AddressInfo.
  const { port: bound } = server.address() as AddressInfo;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${name}:${bound}`,
    port: bound,
    close: async () => {
      tails.close();
      server.close();
      server.closeAllConnections();
      await backend.close();
    },
  };
}

interface Served {
  readonly backend: LogBackend;
  readonly hosts: ReadonlySet<string>;
  readonly handlers: readonly RequestHandler[];
}

async function answer(req: IncomingMessage, res: ServerResponse, served: Served): Promise<void> {
  const reason = refusal(req, served.hosts);
  if (reason !== undefined) return plainAnswer(res, 403, reason);
  const path = pathOf(req.url);
  if (path === undefined) return plainAnswer(res, 400, "the path is malformed\n");
  for (const handler of served.handlers) if (await handler(req, res, path)) return;
  // A plain request where a WebSocket is meant.
  if (path === "/loki/api/v1/tail") return plainAnswer(res, 400, "Bad Request\n");
  await answerFromStore(served.backend, req, res);
}

function pathOf(url = "/"): string | undefined {
  try {
    return decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return undefined; // Neither is an address.
  }
}

function plainAnswer(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(text);
}

function fail(res: ServerResponse, error: unknown): void {
  if (res.headersSent) res.destroy();
  else plainAnswer(res, 500, `${error instanceof Error ? error.message : String(error)}\n`);
}
