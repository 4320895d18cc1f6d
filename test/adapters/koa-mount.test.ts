import { createServer } from "node:http";
import Router from "@koa/router";
import Koa from "koa";
import mount from "koa-mount";
import { afterEach, beforeEach, expect, it } from "vitest";
import { requestLogger } from "../../adapters/koa/index.ts";
import { type Served, serve } from "../support/serve.ts";
import { createWatched, type Watched } from "../support/watched.ts";

let watched: Watched;
let app: Koa;
let served: Served;

beforeEach(() => {
  watched = createWatched();
  app = new Koa();
});
afterEach(async () => {
  await served.close();
  await watched.kit.close();
});

async function routesOf(...paths: string[]): Promise<unknown[]> {
  const handle = app.callback();
  served = await serve(createServer((req, res) => void handle(req, res)));
  const routes: unknown[] = [];
  for (const path of paths) routes.push((await watched.complete(served.url + path)).http_route);
  return routes;
}

/** A router that answers the root and `/:id`, and leaves `/passed/:id` to who comes after. */
function orders(): ReturnType<Router["routes"]> {
  const router = new Router();
  router.get("/", (ctx) => {
    ctx.body = "all";
  });
  router.get("/passed/:id", (_ctx, next) => next());
  router.get("/:id", (ctx) => {
    ctx.body = ctx.params["id"];
  });
  return router.routes();
}

it("the route of a mounted router has the mount path before it", async () => {
  app.use(requestLogger(watched.kit));
  app.use(mount("/orders", orders()));
  const inner = new Koa();
  inner.use(mount("/v1", new Koa().use(orders())));
  inner.use(orders());
  app.use(mount("/api", inner));
  app.use(orders());
  const paths = ["/orders", "/orders/7", "/api/v1/7", "/api/v1", "/api/7", "/api", "/7", "/orders/7"];
  expect(await routesOf(...paths)).toEqual([
    "/orders",
    "/orders/:id",
    "/api/v1/:id",
    "/api/v1",
    "/api/:id",
    "/api",
    "/:id",
    "/orders/:id",
  ]);
});

it("a mount that answers without a route has none, and one that passes leaves the next its own", async () => {
  app.use(requestLogger(watched.kit));
  app.use(
    mount("/files", (ctx: Koa.Context) => {
      ctx.body = "a file";
    }),
  );
  app.use(
    mount(
      "/deep",
      mount("/passed", (_ctx: Koa.Context, next: Koa.Next) => next()),
    ),
  );
  app.use(mount("/deep", orders()));
  app.use(mount("/a", mount("/a", orders())));
  const passed = new Router();
  passed.get("/deep/passed/:name", (ctx) => {
    ctx.body = "outside";
  });
  app.use(passed.routes());
  const paths = ["/files/secret", "/deep/passed/7", "/a/a/a"];
  expect(await routesOf(...paths)).toEqual([undefined, "/deep/passed/:name", "/a/a/:id"]);
});

it("what a client chooses never comes before the route, where middleware rewrites paths", async () => {
  app.use(requestLogger(watched.kit));
  app.use((ctx, next) => {
    ctx.path = ctx.path.replace(/^\/(de|en|fr)\b/, "");
    return next();
  });
  app.use(mount("/orders", orders()));
  expect(await routesOf("/de/orders/7", "/en/orders/7")).toEqual(["/orders/:id", "/orders/:id"]);
});

it("mounted itself, it tells the mount path too, and the application reads what koa-mount wrote", async () => {
  const inner = new Koa();
  inner.use(requestLogger(watched.kit));
  inner.use((ctx, next) => {
    ctx.set("x-mount-path", String(ctx["mountPath"]));
    return next();
  });
  inner.use(mount("/v1", orders()));
  inner.use(orders());
  app.use(mount("/shop", inner));
  expect(await routesOf("/shop/v1/7", "/shop/8")).toEqual(["/shop/v1/:id", "/shop/:id"]);
  const answer = await fetch(`${served.url}/shop/7`);
  expect(answer.headers.get("x-mount-path")).toBe("/shop");
});
