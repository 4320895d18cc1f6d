import { AsyncResource } from "node:async_hooks";
import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { afterEach, beforeEach, expect, it } from "vitest";
import { taffrail } from "../../adapters/fastify/index.ts";
import type { LogLine } from "../../src/index.ts";
import { type Ask, ask } from "../support/client.ts";
import { createWatched, type Watched } from "../support/watched.ts";

let watched: Watched;
let app: FastifyInstance;
/** What Fastify's own logger wrote. */
let own: string[];

beforeEach(() => {
  watched = createWatched();
});
afterEach(async () => {
  await app.close();
  await watched.kit.close();
});

function create(options: FastifyServerOptions = {}): FastifyInstance {
  own = [];
  app = Fastify({ ...options, logger: { stream: { write: (line: string) => void own.push(line) } } });
  return app;
}

const url = (): string => app.listeningOrigin;

async function complete(path: string, options?: Ask): Promise<LogLine> {
  if (!app.server.listening) await app.listen({ port: 0, host: "127.0.0.1" });
  return watched.complete(url() + path, options);
}

it("routes are watched whether registered before the plugin, after it or beside it", async () => {
  create();
  app.get("/before", async () => "");
  void app.register(
    async (sibling) => {
      sibling.get("/:id", async () => "");
    },
    { prefix: "/sibling/:tenant" },
  );
  void app.register(taffrail, { kit: watched.kit });
  app.get("/after", async () => "");
  for (const [path, route] of [
    ["/before", "/before"],
    ["/sibling/acme/7", "/sibling/:tenant/:id"],
    ["/after", "/after"],
  ] as const)
    expect(await complete(path)).toMatchObject({ http_route: route, outcome: "ok" });
});

it("registered in an encapsulated context, it watches that context alone", async () => {
  create();
  app.get("/outside", async () => "");
  void app.register(async (inner) => {
    await inner.register(taffrail, { kit: watched.kit });
    inner.get("/inside", async () => "");
  });
  expect(await complete("/inside")).toMatchObject({ http_route: "/inside" });
  await ask(`${url()}/outside`);
  await complete("/inside");
  expect(watched.log.lines.some(({ url_path }) => url_path === "/outside")).toBe(false);
});

it("Fastify's own logger says nothing about requests, and nothing twice", async () => {
  create();
  await app.register(taffrail, { kit: watched.kit });
  app.addHook("onResponse", async () => undefined);
  app.get("/ok", async () => "");
  app.get("/fail", async () => {
    throw new Error("no such luck");
  });
  for (const path of ["/ok", "/fail", "/nowhere"])
    expect(watched.linesOf(await complete(path))).toHaveLength(1);
  expect(own).toEqual([]);
});

it("a request refused for its URL, or by a hook that came first, leaves its line", async () => {
  create();
  app.addHook("onRequest", async (request) => {
    if (request.url === "/closed") throw Object.assign(new Error("not you"), { statusCode: 403 });
  });
  await app.register(taffrail, { kit: watched.kit });
  app.get("/closed", async () => "");
  expect(await complete("/%E0%A4%A")).toMatchObject({
    http_response_status_code: 400,
    outcome: "client_error",
  });
  expect(await complete("/closed")).toMatchObject({
    http_response_status_code: 403,
    exception_message: "not you",
  });
});

it("request.log carries the ids in anybody's context, and request.id is the request's id", async () => {
  create();
  await app.register(taffrail, { kit: watched.kit });
  const elsewhere = new AsyncResource("elsewhere");
  app.get("/ok", async (request) => {
    elsewhere.runInAsyncScope(() => {
      watched.kit.log.info("without");
      request.log.child({ part: "a" }).info("with");
    });
    return request.id;
  });
  const line = await complete("/ok");
  expect(watched.linesOf(line).map(({ msg, part }) => [msg, part])).toEqual([
    ["with", "a"],
    ["GET /ok 200", undefined],
  ]);
  expect(watched.log.lines.find(({ msg }) => msg === "without")).not.toHaveProperty("request_id");
});

it("the error is the one that was thrown, with Fastify's error handler and with one that fails itself", async () => {
  create();
  await app.register(taffrail, { kit: watched.kit });
  const thrown = (): never => {
    throw new RangeError("first");
  };
  app.get("/default", thrown);
  void app.register(async (inner) => {
    inner.setErrorHandler(() => {
      throw new TypeError("second");
    });
    inner.get("/failing", thrown);
  });
  expect(await complete("/default")).toMatchObject({ exception_message: "first", error_type: "RangeError" });
  const line = await complete("/failing");
  expect(line).toMatchObject({ exception_message: "first", http_response_status_code: 500 });
  expect(watched.linesOf(line)[0]).toMatchObject({
    level: "error",
    msg: "an error handler failed",
    exception_message: "second",
  });
  expect(watched.linesOf(line)).toHaveLength(2);
});

it("what a hook throws once the answer is out has a line of its own", async () => {
  create();
  await app.register(taffrail, { kit: watched.kit });
  app.get("/late", { onResponse: async () => Promise.reject(new RangeError("too late")) }, async () => "");
  const line = await complete("/late");
  expect(line).toMatchObject({ outcome: "ok", level: "info" });
  const late = await watched.log.waitFor(({ msg }) => msg === "an onResponse hook failed");
  expect(late).toMatchObject({
    level: "error",
    exception_message: "too late",
    request_id: line.request_id,
  });
});

it("a request of app.inject is one like any other", async () => {
  create();
  await app.register(taffrail, { kit: watched.kit });
  app.get("/things/:id", async () => "ok");
  const answer = await app.inject("/things/7");
  expect(answer.headers["x-request-id"]).toBeDefined();
  expect(await watched.log.waitFor(({ event_name }) => event_name === "http.server.request")).toMatchObject({
    http_route: "/things/:id",
    http_response_status_code: 200,
    outcome: "ok",
  });
});

it("the client's address is the one that Fastify trusts", async () => {
  create({ trustProxy: "127.0.0.1" });
  await app.register(taffrail, { kit: watched.kit });
  const line = await complete("/nowhere", { headers: { "x-forwarded-for": "203.0.113.9" } });
  expect(line.client_address).toBe("203.0.113.9");
});

it("closing the kit closes the application, its onClose hooks included, after the last request", async () => {
  create();
  await app.register(taffrail, { kit: watched.kit });
  const order: string[] = [];
  let arrived = (): void => undefined;
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  app.get("/slow", async () => {
    arrived();
    await new Promise((resolve) => setTimeout(resolve, 20));
    order.push("answered");
    return "";
  });
  app.addHook("onClose", async () => void order.push("closed"));
  await complete("/nowhere");
  const asked = complete("/slow");
  await arrival;
  expect(await watched.kit.close()).toEqual([]);
  await asked;
  expect(order).toEqual(["answered", "closed"]);
});

it("a skipped path has no completion line; what it logs, and what fails on it, is logged all the same", async () => {
  watched = createWatched({ http: { skip: ["/skipped"] } });
  app = Fastify();
  await app.register(taffrail, { kit: watched.kit });
  app.get("/skipped", async (request) => {
    request.log.warn("about to fail");
    throw new RangeError("no room");
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  await ask(`${url()}/skipped`);
  expect(watched.log.lines.filter(({ level }) => level !== "info")).toMatchObject([
    { level: "warn", msg: "about to fail" },
    { level: "error", exception_message: "no room" },
  ]);
});
