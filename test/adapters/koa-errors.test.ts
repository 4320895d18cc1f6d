import { createServer } from "node:http";
import Router from "@koa/router";
import Koa, { type Context } from "koa";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { errorLogger, requestLogger } from "../../adapters/koa/index.ts";
import { ask } from "../support/client.ts";
import { type Served, serve } from "../support/serve.ts";
import { createWatched, type Watched } from "../support/watched.ts";

let watched: Watched;
let app: Koa;
let served: Served;
const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);

beforeEach(() => {
  printed.mockClear();
  watched = createWatched({ http: { skip: ["/skipped"] } });
  app = new Koa();
  app.use(requestLogger(watched.kit));
});
afterEach(async () => {
  await served.close();
  await watched.kit.close();
});

async function start(): Promise<string> {
  const handle = app.callback();
  served = await serve(createServer((req, res) => void handle(req, res)));
  return served.url;
}

const thrown = (): never => {
  throw new RangeError("first");
};

it("what the completion line says, Koa doesn't print as well", async () => {
  app.use(thrown);
  const line = await watched.complete(await start());
  expect(line).toMatchObject({ exception_message: "first", http_response_status_code: 500 });
  expect(watched.linesOf(line)).toHaveLength(1);
  expect(printed).not.toHaveBeenCalled();
});

it("what has no completion line, Koa prints as before", async () => {
  app.use(thrown);
  await ask(`${await start()}/skipped`);
  expect(printed).toHaveBeenCalledOnce();
  await watched.complete(served.url);
  app.emit("error", new Error("of no request"));
  expect(printed).toHaveBeenCalledTimes(2);
});

it("an application's own listener hears its errors as before, and Koa prints nothing", async () => {
  const heard: string[] = [];
  app.on("error", (error: Error) => heard.push(error.message));
  app.use(thrown);
  await watched.complete(await start());
  expect(heard).toEqual(["first"]);
  expect(printed).not.toHaveBeenCalled();
});

const answers = async (ctx: Context, next: () => Promise<unknown>): Promise<void> => {
  try {
    await next();
  } catch (error) {
    ctx.status = 500;
    if (ctx.path === "/emits") app.emit("error", error, ctx);
    if (ctx.path === "/fails") throw new TypeError("second");
  }
};

it("an error that was answered is known where it was emitted, or by errorLogger below", async () => {
  app.use(answers);
  app.use((ctx, next) => (ctx.path === "/below" ? errorLogger()(ctx, next) : next()));
  app.use(thrown);
  const url = await start();
  for (const path of ["/emits", "/below"])
    expect(await watched.complete(url + path)).toMatchObject({ exception_message: "first" });
  const unknown = await watched.complete(`${url}/swallowed`);
  expect(unknown).toMatchObject({ outcome: "server_error", error_type: "500" });
});

it("error handling that fails itself leaves both errors", async () => {
  app.use(answers);
  app.use(errorLogger());
  app.use(thrown);
  const line = await watched.complete(`${await start()}/fails`);
  expect(watched.linesOf(line).map(({ exception_message }) => exception_message)).toEqual([
    "second",
    "first",
  ]);
});

it("the route is that of the router which answered; middleware that answered has none", async () => {
  const first = new Router({ prefix: "/v1" });
  first.use("/closed", (ctx) => {
    ctx.status = 403;
  });
  first.get("/closed/:id", () => undefined);
  first.get("/:id", (_ctx, next) => next());
  const second = new Router();
  second.get(/^\/v1\/(special)$/, (ctx) => {
    ctx.body = "second";
  });
  second.post("/v1/only-posted", () => undefined);
  app.use(first.routes()).use(second.routes()).use(second.allowedMethods());
  const url = `${await start()}/v1`;
  const routes: unknown[] = [];
  for (const path of ["/closed/7", "/special", "/7"])
    routes.push((await watched.complete(url + path)).http_route);
  expect(routes).toEqual([undefined, "/^\\/v1\\/(special)$/", "/v1/:id"]);
});

it("the client's address is the one that Koa trusts", async () => {
  app.proxy = true;
  const line = await watched.complete(await start(), { headers: { "x-forwarded-for": "203.0.113.9" } });
  expect(line.client_address).toBe("203.0.113.9");
  for (const forged of ['"><script>', "a".repeat(65)]) {
    const { client_address } = await watched.complete(served.url, { headers: { "x-forwarded-for": forged } });
    expect(client_address).toBe("127.0.0.1");
  }
});
