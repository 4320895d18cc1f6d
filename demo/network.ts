import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, connect, createServer } from "node:net";

/** Listen; answers the address. */
export async function listen(server: Server, port: number, host = "127.0.0.1"): Promise<string> {
  server.listen(port, host);
  await once(server, "listening");
  // A server that listens on TCP has an AddressInfo; the other types are for pipes.
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

/** The port if it is free, else 0, which lets the system choose one. */
export async function preferredPort(port: number): Promise<number> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return port;
  } catch {
    return 0; // Whatever the reason, this port is not to be had.
  } finally {
    server.close();
  }
}

/** A real failure of a real connection, to be the cause of a failure that is played: nobody listens there. */
export function refusedConnection(): Promise<Error> {
  return new Promise((resolve) => {
    const socket = connect(9, "127.0.0.1", () => {
      socket.destroy();
      resolve(new Error("the connection was closed"));
    });
    socket.once("error", resolve);
  });
}
