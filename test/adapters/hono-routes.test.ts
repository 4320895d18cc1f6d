import type { Server } from "node:http";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { stream, streamSSE } from "hono/streaming";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { requestLogger } from "../../adapters/hono/index.ts";
import { ask } from "../support/client.ts";
import { type Served, serve } from "../support/serve.ts";
import { createWatched, type Watched } from "../support/watched.ts";

let watched: Watched;
let app: Hono;
let served: Served;

beforeEach(() => {
  watched = createWatched();
  app = new Hono();
  app.use(requestLogger(watched.kit));
});
afterEach(async () => {
  await served.close();
  await watched.kit.close();
});

async function start(): Promise<string> {
  served = await serve(createAdaptorServer(app) as Server);
  return served.url;
}

const thrown = (): never => {
  throw new RangeError("first");
};

it("the route is the handler's that answered; middleware that answered has none", async () => {
  app.use("/closed/*", async (c, _next) => c.text("not you", 403));
  app.get("/closed/:id", (c) => c.text("never"));
  app.get(
    "/checked/:id",
    async (c) => c.text("in its route's own middleware", 400),
    (c) => c.text("never"),
  );
  app.all("/any/:id", (c) => c.text("ok"));
  app.get("/files/*", (c) => c.text("ok"));
  app.get("/passed/:id", (_c, next) => next());
  app.get("/passed/:other", (c) => c.text("ok"));
  app.get("/missing/:id", (c) => c.notFound());
  const url = await start();
  const routes: unknown[] = [];
  for (const path of ["/closed/1", "/checked/1", "/any/1", "/files/a/b", "/passed/1", "/missing/1", "/none"])
    routes.push((await watched.complete(url + path)).http_route);
  expect(routes).toEqual([
    undefined,
    "/checked/:id",
    "/any/:id",
    "/files/*",
    "/passed/:other",
    "/missing/:id",
    undefined,
  ]);
});

it("the error is the one that was thrown, whoever answers it", async () => {
  const inner = new Hono();
  inner.onError((error, c) => c.text(error.message, 500));
  inner.get("/:id", thrown);
  app.route("/inner", inner);
  app.get("/exception", () => {
    throw new HTTPException(403, { message: "not you", cause: new RangeError("first") });
  });
  app.get("/outer/:id", thrown);
  app.onError((error, c) => (error instanceof HTTPException ? error.getResponse() : c.text("failed", 500)));
  const url = await start();
  for (const path of ["/inner", "/outer"])
    expect(await watched.complete(`${url}${path}/7`)).toMatchObject({
      http_route: `${path}/:id`,
      exception_message: "first",
      outcome: "server_error",
    });
  expect(await watched.complete(`${url}/exception`)).toMatchObject({
    http_response_status_code: 403,
    outcome: "client_error",
    exception_message: "not you",
  });
});

it("an error handler that fails itself leaves both errors", async () => {
  app.get("/fails", thrown);
  app.onError(() => {
    throw new TypeError("second");
  });
  const line = await watched.complete(`${await start()}/fails`);
  expect(watched.linesOf(line).map(({ exception_message }) => exception_message)).toEqual([
    "second",
    "first",
  ]);
});

it.each([
  ["stream", stream],
  ["streamSSE", streamSSE],
])("what fails in %s ends the answer well, unless its onError breaks it off", async (_name, answer) => {
  const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const app: Hono<{ Bindings: HttpBindings }> = new Hono();
  app.use(requestLogger(watched.kit));
  const work = async (body: { write(text: string): Promise<unknown> }): Promise<void> => {
    await body.write("and so it begins\n");
    thrown();
  };
  app.get("/swallowed", (c) => answer(c, work));
  app.get("/told", (c) => answer(c, work, async (error) => void c.env.outgoing.destroy(error)));
  served = await serve(createAdaptorServer(app) as Server);
  expect(await watched.complete(`${served.url}/swallowed`)).toMatchObject({ outcome: "ok" });
  expect(printed).toHaveBeenCalledOnce();
  printed.mockRestore();
  const headers = { "x-request-id": "told" };
  await expect(ask(`${served.url}/told`, { headers })).rejects.toThrow("aborted");
  const line = await watched.log.waitFor(({ request_id }) => request_id === "told");
  expect(line).toMatchObject({ outcome: "server_error", exception_message: "first", http_route: "/told" });
  expect(watched.linesOf(line)).toHaveLength(1);
});

it("a request of app.request, without any server, leaves its line", async () => {
  app.get("/things/:id", (c) => c.text("ok"));
  served = await serve(createAdaptorServer(app) as Server);
  const response = await app.request("/things/7", { headers: { "x-request-id": "in-process" } });
  expect(await response.text()).toBe("ok");
  expect(response.headers.get("x-request-id")).toBe("in-process");
  expect(watched.log.lines).toMatchObject([
    { http_route: "/things/:id", outcome: "ok", http_response_body_size: 2, http_response_status_code: 200 },
  ]);
});

it("the head holds the request's id, and one only where the application sets its own", async () => {
  const shared = { "X-Request-Id": "the application's" };
  const constant = { "x-kept": "as it is" };
  app.get("/own", (c) => c.text("ok", 200, shared));
  app.get("/constant", () => new Response("ok", { headers: constant }));
  app.get("/raw", (c) => {
    (c.env as HttpBindings).outgoing.writeHead(200, "Fine", ["x-kept", "1"]).end("ok");
    return RESPONSE_ALREADY_SENT;
  });
  app.get("/implicit", (c) => {
    (c.env as HttpBindings).outgoing.end("ok");
    return RESPONSE_ALREADY_SENT;
  });
  const url = await start();
  const headers = { "x-request-id": "sent" };
  const answered: unknown[] = [];
  for (const path of ["/own", "/constant", "/raw", "/implicit", "/none"])
    answered.push((await ask(url + path, { headers })).headers["x-request-id"]);
  expect(answered).toEqual(["the application's", "sent", "sent", "sent", "sent"]);
  expect(constant).toEqual({ "x-kept": "as it is" });
});

it("an event stream is told by the head that was handed over whole", async () => {
  app.get("/events", (c) => {
    const { outgoing } = c.env as HttpBindings;
    outgoing
      .writeHead(200, { "Content-Type": "text/event-stream", "Content-Length": 12 })
      .end("data: one\n\n\n");
    return RESPONSE_ALREADY_SENT;
  });
  const line = await watched.complete(`${await start()}/events`);
  expect(line).toMatchObject({ http_route: "/events", http_response_body_size: 12 });
  await watched.complete(`${served.url}/none`);
  const text = await watched.kit.metrics.registry.metrics();
  const counts = text.match(/^http_server_request_duration_seconds_count\{.*/gm) ?? [];
  expect(counts.map((line) => /http_route="([^"]*)"/.exec(line)?.[1])).toEqual([undefined]);
});
