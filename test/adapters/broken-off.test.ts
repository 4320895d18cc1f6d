import { createServer, type ServerResponse } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { requestLogger } from "../../adapters/node/index.ts";
import type { LogLine } from "../../src/index.ts";
import { rawConnection } from "../support/client.ts";
import { type Served, serve } from "../support/serve.ts";
import { createWatched } from "../support/watched.ts";

/** What the service does with a response, by the path. */
const services: Readonly<Record<string, (res: ServerResponse) => void>> = {
  "/destroys-response": (res) => void res.destroy(),
  "/ends-afterwards": (res) => void res.destroy().end("too late"),
  "/destroys-request": (res) => void res.req.destroy(),
  "/destroys-connection": (res) => void res.socket?.destroy(),
  "/closes-all": () => server.closeAllConnections(),
  "/times-out": (res) => void res.setTimeout(5),
  "/follows": (res) => void res.req.once("close", () => res.destroy()),
  "/waits": () => undefined,
};

const watched = createWatched();
const server = createServer(
  requestLogger(watched.kit)((req, res) => {
    const { pathname, search } = new URL(req.url ?? "", served.url);
    if (search) res.write("and so it begins\n");
    services[pathname]?.(res);
  }),
);
let served: Served;

beforeAll(async () => {
  served = await serve(server);
});
afterAll(async () => {
  await served.close();
  await watched.kit.close();
});

let count = 0;
async function completion(path: string, leave?: "destroy" | "resetAndDestroy" | "end"): Promise<LogLine> {
  const id = `broken-${count++}`;
  const socket = await rawConnection(
    served.url,
    `GET ${path} HTTP/1.1\r\nHost: a\r\nX-Request-Id: ${id}\r\n\r\n`,
  );
  socket.resume();
  if (leave !== undefined) {
    await new Promise((begun) => server.once("request", begun));
    socket[leave]();
  }
  return watched.log.waitFor(({ request_id }) => request_id === id);
}

const breaking = Object.keys(services).filter((path) => path !== "/waits" && path !== "/follows");
it.each(breaking)(
  "a connection that the service ends without an error is the service's doing: %s",
  async (path) => {
    const failed = { level: "error", outcome: "server_error", error_type: "response_broken_off" };
    const before = await completion(path);
    expect(before).toMatchObject(failed);
    // What was ended afterwards has a head, which nobody saw.
    if (path !== "/ends-afterwards") expect(before).not.toHaveProperty("http_response_status_code");
    expect(before).not.toHaveProperty("exception_type");
    expect(await completion(`${path}?late`)).toMatchObject({ ...failed, http_response_status_code: 200 });
  },
);

it.each(["destroy", "resetAndDestroy", "end"] as const)(
  "a client that leaves is aborted, whatever the service does about it: %s",
  async (leave) => {
    for (const path of ["/waits", "/waits?late", "/follows", "/follows?late"])
      expect(await completion(path, leave)).toMatchObject({
        outcome: "aborted",
        error_type: "client_aborted",
      });
  },
);
