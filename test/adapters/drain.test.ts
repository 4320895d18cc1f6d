import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { requestLogger, watchServer } from "../../adapters/node/index.ts";
import { createTaffrail, type Taffrail } from "../../src/index.ts";
import { captureLog } from "../../src/testing/index.ts";
import { rawConnection } from "../support/client.ts";
import { until } from "../support/poll.ts";

const hello = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
let server: Server;

beforeEach(() => {
  server = createServer({ keepAliveTimeout: 60_000 });
});
afterEach(() => server.closeAllConnections());

/** A server that a kit drains, and that leaves its answers to the test. */
async function start(): Promise<{ readonly kit: Taffrail; readonly url: string }> {
  const kit = createTaffrail({
    preset: "test",
    log: { destination: captureLog().destination },
    ops: { listen: false },
    lifecycle: { drainTimeoutMs: 3_000 },
  });
  server.on(
    "request",
    requestLogger(kit)(() => undefined),
  );
  watchServer(kit, server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { kit, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function nextResponse(): Promise<ServerResponse> {
  return (await once(server, "request"))[1] as ServerResponse;
}

const untilClosing = (): Promise<boolean> =>
  until(
    () => server.listening,
    (listening) => !listening,
  );

it("a drain does not wait for connections that went idle meanwhile", async () => {
  const { kit, url } = await start();
  const arrived = nextResponse();
  const client = await rawConnection(url, hello);
  const response = await arrived;
  const closed = kit.close();
  await untilClosing();
  response.end("done");
  expect(await closed).toEqual([]);
  expect(await text(client)).toContain("done");
});

it("a drain tells those who still ask on an open connection to close it", async () => {
  const { kit, url } = await start();
  const firstArrived = nextResponse();
  const client = await rawConnection(url, hello);
  const first = await firstArrived;
  const closed = kit.close();
  await untilClosing();
  const secondArrived = nextResponse();
  client.write(hello);
  const second = await secondArrived;
  first.end("first");
  second.end("second");
  const [, secondAnswer] = (await text(client)).split("first");
  expect(secondAnswer).toMatch(/connection: close\r\n/i);
  expect(await closed).toEqual([]);
});
