import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express5 from "express";
import express4 from "express4";
import { describe, expect, it } from "vitest";
import { errorLogger, requestLogger } from "../../adapters/express/index.ts";
import { createTaffrail, type LogLine } from "../../src/index.ts";
import { captureLog } from "../../src/testing/index.ts";
import { type Ask, ask } from "../support/client.ts";

type App = ReturnType<typeof express5>;

/** Serve an application for some requests, one after the other, and answer their completion lines. */
async function routesOf(
  framework: typeof express5,
  build: (app: App) => void,
  requests: readonly (string | readonly [string, Ask])[],
): Promise<LogLine[]> {
  const log = captureLog();
  const kit = createTaffrail({ preset: "test", log: { destination: log.destination } });
  const app = framework();
  app.use(requestLogger(kit));
  build(app);
  app.use(errorLogger(kit));
  const server = createServer(app).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const lines: LogLine[] = [];
  for (const [at, request] of requests.entries()) {
    const [path, options] = typeof request === "string" ? [request, {}] : request;
    await ask(`http://127.0.0.1:${port}${path}`, { ...options, headers: { "x-request-id": String(at) } });
    lines.push(await log.waitFor((line) => line.request_id === String(at)));
  }
  server.close();
  await kit.close();
  return lines;
}

const route = (lines: readonly LogLine[]): (string | undefined)[] =>
  lines.map(({ http_route }) => http_route);

describe.each([
  ["express 5", express5],
  ["express 4", express4],
])("%s: the route template", (_name, framework) => {
  const answer = (_req: unknown, res: express5.Response): void => void res.send("ok");

  it("of a regular expression or a list of paths is what was written", async () => {
    const lines = await routesOf(
      framework,
      (app) => {
        app.get(/^\/fly-[a-z]+$/, answer);
        app.get(["/one", "/two/:n"], answer);
      },
      ["/fly-away", "/one", "/two/2"],
    );
    expect(route(lines)).toEqual(["/^\\/fly-[a-z]+$/", "/one|/two/:n", "/one|/two/:n"]);
  });

  it("does not follow the case, the encoding or a trailing slash that a client chose", async () => {
    const lines = await routesOf(
      framework,
      (app) => {
        const router = framework.Router();
        router.get("/list/:id", answer);
        router.get("/", answer);
        app.use("/Shop", router);
      },
      ["/shop/list/1", "/SHOP/LIST/2/", "/sHoP/list/%33", "/shop", "/Shop/"],
    );
    expect(new Set(route(lines).slice(0, 3))).toEqual(new Set(["/shop/list/:id"]));
    expect(new Set(route(lines).slice(3))).toEqual(new Set(["/shop"]));
  });

  it("spans applications in applications and routers that merge their parameters", async () => {
    const lines = await routesOf(
      framework,
      (app) => {
        const inner = framework();
        const merged = framework.Router({ mergeParams: true });
        merged.get("/items/:item", answer);
        inner.use("/carts/:cart", merged);
        app.use("/users/:user", inner);
      },
      ["/users/u1/carts/c1/items/i1", "/users/x/carts/x/items/x"],
    );
    expect(route(lines)).toEqual(Array(2).fill("/users/:user/carts/:cart/items/:item"));
  });

  it("keeps its fixed parts below a router that merges its parent's parameters", async () => {
    const lines = await routesOf(
      framework,
      (app) => {
        const orders = framework.Router({ mergeParams: true });
        orders.get("/:id", answer);
        const tenant = framework.Router({ mergeParams: true });
        tenant.use("/orders", orders);
        tenant.use("/carts/:cart", orders);
        app.use("/api/:tenant", tenant);
      },
      ["/api/acme/orders/7", "/api/o/orders/7", "/api/acme/carts/c1/7", "/api/c1/carts/c1/7"],
    );
    const [orders, carts] = ["/api/:tenant/orders/:id", "/api/:tenant/carts/:cart/:id"];
    expect(route(lines)).toEqual([orders, orders, carts, carts]);
  });

  it("is that of the router which answered, after others had passed it on", async () => {
    const lines = await routesOf(
      framework,
      (app) => {
        const first = framework.Router();
        first.get("/other/:x", answer);
        const second = framework.Router();
        second.get("/:id", answer);
        app.use("/a/:tenant", first);
        app.use("/a", first);
        app.use("/a/:shop", second);
      },
      ["/a/b/c"],
    );
    expect(route(lines)).toEqual(["/a/:shop/:id"]);
  });

  it("is absent where middleware, OPTIONS or nothing at all answered", async () => {
    const lines = await routesOf(
      framework,
      (app) => {
        app.get("/known", answer);
        app.use("/early/:who", answer);
      },
      ["/early/bird", ["/known", { method: "OPTIONS" }], "/nothing", "/%E0%A4%A"],
    );
    expect(lines.map(({ http_response_status_code }) => http_response_status_code)).toEqual([
      200,
      200,
      404,
      expect.any(Number),
    ]);
    expect(route(lines)).toEqual(Array(4).fill(undefined));
  });

  it("leaves req.route and req.baseUrl as Express means them", async () => {
    const seen: unknown[] = [];
    await routesOf(
      framework,
      (app) => {
        const router = framework.Router();
        router.get("/:id", (req, res) => {
          seen.push(req.baseUrl, (req.route as { path: string }).path, req.url, req.originalUrl);
          res.send("ok");
        });
        app.use("/base/:b", router);
      },
      ["/base/x/1", "/base/x/1"],
    );
    const once = ["/base/x", "/:id", "/1", "/base/x/1"];
    expect(seen).toEqual([...once, ...once]);
  });

  it("works where the middleware sits in a router rather than on the application", async () => {
    const log = captureLog();
    const kit = createTaffrail({ preset: "test", log: { destination: log.destination } });
    const app = framework();
    const router = framework.Router();
    router.use(requestLogger(kit));
    router.get("/things/:id", answer);
    app.use("/v1", router);
    const server = createServer(app).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    await ask(`http://127.0.0.1:${port}/v1/things/1`);
    await ask(`http://127.0.0.1:${port}/v1/things/2`);
    const routes = log.lines.map(({ http_route }) => http_route);
    expect(new Set(routes)).toEqual(new Set(["/v1/things/:id"]));
    server.close();
    await kit.close();
  });
});
