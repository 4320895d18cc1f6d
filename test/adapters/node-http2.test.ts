import type { IncomingMessage, ServerResponse } from "node:http";
import { connect, createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { requestLogger } from "../../adapters/node/index.ts";
import { createTaffrail } from "../../src/index.ts";
import { captureLog } from "../../src/testing/index.ts";

it("HTTP/2 requests are logged like any other, and a free-text method stays out of the labels", async () => {
  const log = captureLog();
  const kit = createTaffrail({ preset: "test", log: { destination: log.destination } });
  const handle = requestLogger(kit)((req, res, exchange) => {
    exchange.setRoute("/two");
    if (req.url === "/hang") return;
    res.end("over two");
  });
  // The compatibility API stands in for Node's classes at run time; its types are unrelated.
  const server = createServer((req, res) =>
    handle(req as unknown as IncomingMessage, res as unknown as ServerResponse),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  const ok = client.request({ ":path": "/two?secret=1", ":method": "BREW", "x-request-id": "h2" });
  expect(await text(ok)).toBe("over two");
  const line = await log.waitFor(({ request_id }) => request_id === "h2");
  expect(line).toMatchObject({
    network_protocol_version: "2",
    http_request_method: "_OTHER",
    http_request_method_original: "BREW",
    url_query: "secret=***",
    http_response_status_code: 200,
    outcome: "ok",
  });

  const hanging = client.request({ ":path": "/hang", "x-request-id": "left" });
  hanging.on("error", () => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  while (kit.http.active.size === 0) await new Promise((resolve) => setImmediate(resolve));
  hanging.close(8);
  expect(await log.waitFor(({ request_id }) => request_id === "left")).toMatchObject({ outcome: "aborted" });
  client.close();
  server.close();
  await kit.close();
});
