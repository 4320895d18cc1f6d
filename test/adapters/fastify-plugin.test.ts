import { AsyncResource } from "node:async_hooks";
import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { afterEach, beforeEach, expect, it } from "vitest";
import { taffrail } from "../../adapters/fastify/index.ts";
import { createTaffrail, type LogLine, type Taffrail } from "../../src/index.ts";
import { type CapturedLog, captureLog } from "../../src/testing/index.ts";
import { type Ask, ask } from "../support/client.ts";

let log: CapturedLog;
let kit: Taffrail;
let app: FastifyInstance;
/** What Fastify's own logger wrote. */
let own: string[];

beforeEach(() => {
  log = captureLog();
  kit = createTaffrail({ preset: "test", log: { destination: log.destination } });
});
afterEach(async () => {
  await app.close();
  await kit.close();
});

function create(options: FastifyServerOptions = {}): FastifyInstance {
  own = [];
  app = Fastify({ ...options, logger: { stream: { write: (line: string) => void own.push(line) } } });
  return app;
}

/** Ask over a real socket and answer the completion line. */
async function complete(path: string, options: Ask = {}): Promise<LogLine> {
  if (!app.server.listening) await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.addresses()[0] as { port: number };
  const id = `id-${Math.random()}`;
  await ask(`http://127.0.0.1:${port}${path}`, {
    ...options,
    headers: { "x-request-id": id, ...options.headers },
  });
  return log.waitFor((line) => line.request_id === id && line.event_name === "http.server.request");
}
const linesOf = ({ request_id }: LogLine): LogLine[] =>
  log.lines.filter((line) => line.request_id === request_id);

it("routes are watched whether registered before the plugin, after it or beside it", async () => {
  create();
  app.get("/before", async () => "");
  void app.register(
    async (sibling) => {
      sibling.get("/:id", async () => "");
    },
    { prefix: "/sibling/:tenant" },
  );
  void app.register(taffrail, { kit });
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
    await inner.register(taffrail, { kit });
    inner.get("/inside", async () => "");
  });
  expect(await complete("/inside")).toMatchObject({ http_route: "/inside" });
  const { port } = app.addresses()[0] as { port: number };
  await ask(`http://127.0.0.1:${port}/outside`);
  await complete("/inside");
  expect(log.lines.some(({ url_path }) => url_path === "/outside")).toBe(false);
});

it("Fastify's own logger says nothing about requests, and nothing twice", async () => {
  create();
  await app.register(taffrail, { kit });
  app.addHook("onResponse", async () => undefined);
  app.get("/ok", async () => "");
  app.get("/fail", async () => {
    throw new Error("no such luck");
  });
  for (const path of ["/ok", "/fail", "/nowhere"]) expect(linesOf(await complete(path))).toHaveLength(1);
  expect(own).toEqual([]);
});

it("a request refused for its URL, or by a hook that came first, leaves its line", async () => {
  create();
  app.addHook("onRequest", async (request) => {
    if (request.url === "/closed") throw Object.assign(new Error("not you"), { statusCode: 403 });
  });
  await app.register(taffrail, { kit });
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
  await app.register(taffrail, { kit });
  const elsewhere = new AsyncResource("elsewhere");
  app.get("/ok", async (request) => {
    elsewhere.runInAsyncScope(() => {
      kit.log.info("without");
      request.log.child({ part: "a" }).info("with");
    });
    return request.id;
  });
  const line = await complete("/ok");
  expect(linesOf(line).map(({ msg, part }) => [msg, part])).toEqual([
    ["with", "a"],
    ["GET /ok 200", undefined],
  ]);
  expect(log.lines.find(({ msg }) => msg === "without")).not.toHaveProperty("request_id");
});

it("the error is the one that was thrown, with Fastify's error handler and with one that fails itself", async () => {
  create();
  await app.register(taffrail, { kit });
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
  expect(linesOf(line)[0]).toMatchObject({
    level: "error",
    msg: "an error handler failed",
    exception_message: "second",
  });
  expect(linesOf(line)).toHaveLength(2);
});

it("a request of app.inject is one like any other", async () => {
  create();
  await app.register(taffrail, { kit });
  app.get("/things/:id", async () => "ok");
  const answer = await app.inject("/things/7");
  expect(answer.headers["x-request-id"]).toBeDefined();
  expect(await log.waitFor(({ event_name }) => event_name === "http.server.request")).toMatchObject({
    http_route: "/things/:id",
    http_response_status_code: 200,
    outcome: "ok",
  });
});

it("the client's address is the one that Fastify trusts", async () => {
  create({ trustProxy: "127.0.0.1" });
  await app.register(taffrail, { kit });
  const line = await complete("/nowhere", { headers: { "x-forwarded-for": "203.0.113.9" } });
  expect(line.client_address).toBe("203.0.113.9");
});

it("closing the kit closes the application, its onClose hooks included, after the last request", async () => {
  create();
  await app.register(taffrail, { kit });
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
  expect(await kit.close()).toEqual([]);
  await asked;
  expect(order).toEqual(["answered", "closed"]);
});
