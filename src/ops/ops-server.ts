import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { TaffrailError } from "../errors.ts";

/** Marks the server, for adapters that watch every server of the process; by this name also to other copies of the package. */
export const opsServer: unique symbol = Symbol.for("taffrail.ops-server");

export interface OpsAddress {
  readonly host: string;
  readonly port: number;
}

export interface OpsServerOptions extends OpsAddress {
  handler(req: IncomingMessage, res: ServerResponse): unknown;
  /** Told of what goes wrong with the server after it listens. */
  onError?(error: unknown): void;
  /**
   * How long close() lets answers under way finish, in milliseconds.
   * @default 1000
   */
  readonly closeTimeoutMs?: number;
}

/** The operations server: apart from the application's, so that neither can be reached through the other. */
export interface OpsServer {
  /**
   * Starts listening and answers where.
   * @throws TaffrailError ERR_TAFFRAIL_OPS_PORT_IN_USE or ERR_TAFFRAIL_OPS_LISTEN
   */
  listen(): Promise<OpsAddress>;
  /** Stops listening and ends every connection, idle ones at once; safe to call twice or without listen(). */
  close(): Promise<void>;
}

/**
 * Creates the operations server. It does not keep the process alive: a program that is done ends, whether it
 * closed this or not.
 */
export function createOpsServer(options: OpsServerOptions): OpsServer {
  const { host, port, closeTimeoutMs = 1_000 } = options;
  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 5_000 },
    (req, res) => void options.handler(req, res),
  );
  Object.assign(server, { [opsServer]: true });
  server.maxConnections = 100;
  // A client that says nothing, or doesn't read, must not hold one of them for long: probes need them too.
  server.timeout = 10_000;
  server.maxRequestsPerSocket = 1_000;
  server.on("connection", (socket) => socket.unref());
  return {
    listen: async () => {
      await startListening(server, { host, port });
      server.unref();
      server.on("error", (error) => options.onError?.(error));
      // A server that listens on TCP has an AddressInfo; the other types are for pipes.
      return { host, port: (server.address() as AddressInfo).port };
    },
    close: () => endServer(server, closeTimeoutMs),
  };
}

function startListening(server: Server, address: OpsAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      server.off("error", onError);
      reject(listenError(error, address));
    };
    server.once("error", onError);
    try {
      // Shared by the workers of a cluster, each scrape would show another one's half.
      server.listen({ ...address, exclusive: true }, () => {
        server.off("error", onError);
        resolve();
      });
    } catch (error) {
      // Thrown rather than emitted: a port out of range, or a second listen(). Node throws only Errors.
      onError(error as NodeJS.ErrnoException);
    }
  });
}

function listenError(cause: NodeJS.ErrnoException, { host, port }: OpsAddress): TaffrailError {
  const where = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  if (cause.code === "EADDRINUSE") {
    return new TaffrailError(
      "ERR_TAFFRAIL_OPS_PORT_IN_USE",
      `The operations server cannot listen on ${where}: another program has the port, or another worker of this cluster. Choose another with the variable TAFFRAIL_OPS_PORT or the option ops.port.`,
      { cause },
    );
  }
  return new TaffrailError(
    "ERR_TAFFRAIL_OPS_LISTEN",
    `The operations server cannot listen on ${where} (${cause.code ?? cause.message}). The host is set by the variable TAFFRAIL_OPS_HOST or the option ops.host, the port by TAFFRAIL_OPS_PORT or ops.port.`,
    { cause },
  );
}

function endServer(server: Server, closeTimeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    // The timer keeps the process alive, which the server itself does not: whoever awaits close() gets an answer.
    const timer = setTimeout(() => server.closeAllConnections(), closeTimeoutMs);
    // Ends idle connections by itself.
    server.close(() => {
      // The only error is "not running", which is what was wanted.
      clearTimeout(timer);
      resolve();
    });
  });
}
