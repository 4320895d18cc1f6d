import type { Server } from "node:http";
import { pipeline, Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { etag } from "hono/etag";
import { stream, streamSSE } from "hono/streaming";
import { requestLogger, watchServer } from "../../adapters/hono/index.ts";
import type { Taffrail } from "../../src/index.ts";
import { serve } from "../support/serve.ts";
import { type AdapterHarness, failingStream, manyErrors, paymentError } from "./harness.ts";

type App = Hono<{ Bindings: HttpBindings }>;

/** The application of the contract suite on Hono, on Node. */
export const honoHarness: AdapterHarness = {
  name: "hono 4 on node",
  async start(kit) {
    // It makes other kinds of servers, too, where it is asked to.
    const server = createAdaptorServer(createApp(kit)) as Server;
    watchServer(kit, server);
    return serve(server);
  },
};

function createApp(kit: Taffrail): App {
  const app: App = new Hono();
  app.use(requestLogger(kit));
  app.use("/twice/*", requestLogger(kit));
  app.use("/ok", etag());
  app.get("/ok", (c) => c.json({ ok: true }));
  app.get("/twice/ok", (c) => c.json({ ok: true }));
  app.get("/healthz", (c) => c.text("ok"));
  app.get("/skipped/:id", (c) => c.text("ok"));
  app.get("/status/:code", (c) => new Response(null, { status: Number(c.req.param("code")) }));
  app.get("/redirect", (c) => c.redirect("/ok"));
  addFailures(app);
  addStreams(app);
  addLogging(app, kit);
  app.route("/api/:tenant", nestedRoutes());
  app.route("/other/:shop", nestedRoutes());
  app.onError((error, c) => {
    const { status = 500 } = error as { status?: number };
    return new Response("failed", { status, headers: c.res.headers });
  });
  return app;
}

function nestedRoutes(): App {
  const orders: App = new Hono();
  orders.get("/:id", (c) => c.json({}));
  orders.get("/:id/fail", () => {
    throw paymentError();
  });
  const router: App = new Hono();
  router.get("/", (c) => c.json({}));
  return router.route("/orders", orders);
}

function addFailures(app: App): void {
  app.get("/throw", () => {
    throw paymentError();
  });
  app.get("/throw-many", () => {
    throw manyErrors();
  });
  app.get("/throw-text", () => {
    throw "just text";
  });
  app.get("/throw-404", () => {
    throw Object.assign(new Error("no such order"), { status: 404 });
  });
  app.get("/reject", async () => {
    await setTimeout(1);
    throw paymentError();
  });
}

function addStreams(app: App): void {
  app.get("/hang", () => new Promise<Response>(() => undefined));
  app.get("/stream", (c) =>
    stream(c, async (body) => {
      for (let part = 0; part < 4; part++) {
        await body.write(`part ${part}\n`);
        await setTimeout(30);
      }
    }),
  );
  app.get("/large", (c) => c.body(new Uint8Array(20_000_000)));
  app.get("/late-status", async (c) => {
    const { outgoing } = c.env;
    outgoing.write("and so it begins\n");
    await setTimeout(1);
    outgoing.statusCode = 500;
    outgoing.end();
    return RESPONSE_ALREADY_SENT;
  });
  app.get("/break-off", (c) => {
    if (c.req.query("early") === undefined) return c.body(Readable.toWeb(failingStream()) as ReadableStream);
    pipeline(failingStream(), c.env.outgoing, () => undefined);
    return RESPONSE_ALREADY_SENT;
  });
  app.get("/stream-forever", (c) =>
    stream(c, async (body) => {
      await body.write("and so it begins\n");
      await new Promise(() => undefined);
    }),
  );
  app.get("/sse", (c) =>
    streamSSE(c, async (body) => {
      await body.writeSSE({ data: "1" });
      await setTimeout(30);
      await body.writeSSE({ data: "2" });
    }),
  );
}

function addLogging(app: App, kit: Taffrail): void {
  app.get("/log", async (c) => {
    kit.log.info("at once");
    await setTimeout(2);
    kit.log.info("after a timer");
    c.env.outgoing.on("finish", () => kit.log.info("in finish"));
    c.env.outgoing.on("close", () => kit.log.info("in close"));
    return c.text("ok");
  });
  app.get("/log-on-abort", (c) => {
    c.env.outgoing.on("close", () => kit.log.info("in close of an abort"));
    return new Promise<Response>(() => undefined);
  });
  app.post("/echo", async (c) => {
    const body: unknown = await c.req.json();
    kit.log.info("after the body");
    return c.json(body);
  });
  app.post("/upload", async (c) => {
    await c.req.parseBody();
    kit.log.info("after the upload");
    return c.text("ok");
  });
  app.get("/fields/:user", async (c) => {
    kit.log.info("before the fields");
    kit.addFields({ user_id: c.req.param("user"), request_id: "forged" });
    await setTimeout(1);
    kit.log.info({ step: 2 }, "after the fields");
    return c.text("ok");
  });
  app.get("/propagate", (c) => c.json(kit.propagationHeaders()));
}
