import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import express5 from "express";
import express4 from "express4";
import { describe, expect, it } from "vitest";
import { errorLogger, requestLogger } from "../../adapters/express/index.ts";
import { createTaffrail, type LogLine, type Taffrail } from "../../src/index.ts";
import { type CapturedLog, captureLog } from "../../src/testing/index.ts";
import { ask, rawConnection } from "../support/client.ts";
import { until } from "../support/poll.ts";

interface Host {
  readonly kit: Taffrail;
  readonly log: CapturedLog;
  readonly url: string;
}

async function hosting(
  build: (kit: Taffrail) => RequestListener,
  use: (host: Host) => Promise<void>,
): Promise<void> {
  const log = captureLog();
  const kit = createTaffrail({ preset: "test", log: { destination: log.destination } });
  const server = createServer(build(kit)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  await use({ kit, log, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  server.closeAllConnections();
  expect(await kit.close()).toEqual([]);
}

const completion = ({ log }: Host): Promise<LogLine> =>
  log.waitFor(({ event_name }) => event_name === "http.server.request");

describe.each([
  ["express 5", express5],
  ["express 4", express4],
])("%s in odd places", (_name, framework) => {
  it("a request that leaves the watched application for another is still ended", async () => {
    await hosting(
      (kit) => {
        const inner = framework();
        inner.use(requestLogger(kit));
        const app = framework();
        app.use(inner);
        app.get("/out", (_req, res) => void res.send("ok"));
        return app;
      },
      async (host) => {
        await ask(`${host.url}/out`);
        expect(await completion(host)).toMatchObject({ outcome: "ok", http_response_status_code: 200 });
        expect(host.kit.http.active.size).toBe(0);
      },
    );
  });

  it("a client that left before the middleware's turn leaves an aborted line and nothing else", async () => {
    await hosting(
      (kit) => {
        const app = framework();
        // The middleware's turn comes only when the client is gone.
        app.use((req, _res, next) => void req.socket.once("close", () => next()));
        app.use(requestLogger(kit));
        return app;
      },
      async (host) => {
        const socket = await rawConnection(host.url, "GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
        socket.destroy();
        expect(await completion(host)).toMatchObject({ outcome: "aborted" });
        await until(
          () => host.kit.http.active.size,
          (size) => size === 0,
        );
      },
    );
  });

  it("a trust function that throws costs neither the line nor the process", async () => {
    await hosting(
      (kit) => {
        const app = framework();
        app.set("trust proxy", () => {
          throw new Error("trust me not");
        });
        app.use(requestLogger(kit));
        app.get("/ok", (_req, res) => void res.send("ok"));
        return app;
      },
      async (host) => {
        await ask(`${host.url}/ok`);
        expect(await completion(host)).toMatchObject({ outcome: "ok", client_address: "127.0.0.1" });
      },
    );
  });

  it("an error's class is a label only where it is the program's own", async () => {
    await hosting(
      (kit) => {
        const app = framework();
        app.use(requestLogger(kit), framework.json());
        app.post("/echo-error", (req, _res, next) => next(req.body));
        app.use(errorLogger(kit));
        return app;
      },
      async (host) => {
        const headers = { "content-type": "application/json" };
        await ask(`${host.url}/echo-error`, { method: "POST", headers, body: '{"name":"E1"}' });
        expect(await completion(host)).toMatchObject({ error_type: "Object" });
      },
    );
  });

  it("the kit's own endpoints, mounted on the application, are no traffic", async () => {
    await hosting(
      (kit) => {
        const app = framework();
        app.use(requestLogger(kit));
        app.use("/-/ops", kit.ops);
        app.get("/ok", (_req, res) => void res.send("ok"));
        return app;
      },
      async (host) => {
        host.kit.health.add("db", () => Promise.reject(new Error("down")));
        expect((await ask(`${host.url}/-/ops/readyz`)).status).toBe(503);
        await ask(`${host.url}/ok`);
        expect(await completion(host)).toMatchObject({ http_route: "/ok" });
        expect(host.log.lines.filter(({ url_path }) => url_path === "/-/ops/readyz")).toEqual([]);
        // That the test's own call was answered so is known, and no traffic of the service's.
        const { text } = await ask(`${host.url}/-/ops/metrics`);
        expect(text).not.toMatch(/^http_server_.*"503"/m);
      },
    );
  });

  it("the route of a regular expression's mount path stays within bounds", async () => {
    await hosting(
      (kit) => {
        const app = framework();
        app.use(requestLogger(kit));
        const router = framework.Router();
        router.get("/x", (_req, res) => void res.send("ok"));
        app.use(/^\/u\/[a-z0-9]+/, router);
        return app;
      },
      async (host) => {
        for (let at = 0; at < 260; at++) await ask(`${host.url}/u/user${at}/x`);
        await until(
          () => host.kit.http.active.size,
          (size) => size === 0,
        );
        expect(new Set(host.log.lines.map(({ http_route }) => http_route)).size).toBeLessThanOrEqual(201);
      },
    );
  });
});
