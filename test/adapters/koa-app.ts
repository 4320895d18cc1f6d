import { createServer } from "node:http";
import { PassThrough, pipeline, Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { bodyParser } from "@koa/bodyparser";
import Router from "@koa/router";
import busboy from "busboy";
import Koa, { type Context } from "koa";
import { errorLogger, requestLogger, watchServer } from "../../adapters/koa/index.ts";
import type { Taffrail } from "../../src/index.ts";
import { serve } from "../support/serve.ts";
import {
  type AdapterHarness,
  brokenParts,
  failingStream,
  manyErrors,
  parts,
  paymentError,
} from "./harness.ts";

/** The application of the contract suite on Koa. */
export const koaHarness: AdapterHarness = {
  name: "koa 3",
  async start(kit) {
    const handle = createApp(kit).callback();
    const server = createServer((req, res) => void handle(req, res));
    watchServer(kit, server);
    return serve(server);
  },
};

function createApp(kit: Taffrail): Koa {
  const app = new Koa();
  app.use(requestLogger(kit));
  app.use(answerErrors);
  app.use(errorLogger(kit));
  app.use(bodyParser());
  const router = new Router();
  const ok = (ctx: Context): void => {
    ctx.body = { ok: true };
  };
  router.get("/ok", ok);
  router.get("/healthz", ok);
  router.get("/skipped/:id", ok);
  router.get("/twice/ok", requestLogger(kit), ok);
  router.get("/status/:code", (ctx) => {
    ctx.status = Number(ctx.params["code"]);
    ctx.body = "as you like";
  });
  router.get("/redirect", (ctx) => ctx.redirect("/ok"));
  addFailures(router);
  addStreams(router);
  addLogging(router, kit);
  router.use("/api/:tenant", nestedRouter().routes());
  router.use("/other/:shop", nestedRouter().routes());
  app.use(router.routes());
  return app;
}

/** As in Koa's own documentation, but for the event it would emit. `/throw` is left to Koa itself. */
async function answerErrors(ctx: Context, next: () => Promise<unknown>): Promise<void> {
  try {
    await next();
  } catch (error) {
    if (ctx.path === "/throw") throw error;
    ctx.status = (Object(error) as { status?: number }).status ?? 500;
    ctx.body = "failed";
  }
}

function nestedRouter(): Router {
  const orders = new Router();
  orders.get("/:id", (ctx) => {
    ctx.body = {};
  });
  orders.get("/:id/fail", () => {
    throw paymentError();
  });
  const router = new Router();
  router.get("/", (ctx) => {
    ctx.body = {};
  });
  router.use("/orders", orders.routes());
  return router;
}

function addFailures(router: Router): void {
  router.get("/throw", () => {
    throw paymentError();
  });
  router.get("/throw-many", () => {
    throw manyErrors();
  });
  router.get("/throw-text", () => {
    throw "just text";
  });
  router.get("/throw-404", () => {
    throw Object.assign(new Error("no such order"), { status: 404 });
  });
  router.get("/reject", async () => {
    await setTimeout(1);
    throw paymentError();
  });
}

function addStreams(router: Router): void {
  router.get("/hang", () => new Promise(() => undefined));
  router.get("/stream", (ctx) => {
    ctx.body = Readable.from(parts(4));
  });
  router.get("/large", (ctx) => {
    ctx.body = Buffer.alloc(20_000_000);
  });
  router.get("/late-status", async (ctx) => {
    ctx.respond = false;
    ctx.res.statusCode = 200;
    ctx.res.write("and so it begins\n");
    await setTimeout(1);
    ctx.res.statusCode = 500;
    ctx.res.end();
  });
  router.get("/break-off", (ctx) => {
    if (ctx.query["early"] === undefined) {
      ctx.body = Readable.from(brokenParts());
      return;
    }
    ctx.respond = false;
    pipeline(failingStream(), ctx.res, () => undefined);
  });
  router.get("/stream-forever", (ctx) => {
    const body = new PassThrough();
    body.write("and so it begins\n");
    ctx.body = body;
  });
  router.get("/sse", (ctx) => {
    ctx.type = "text/event-stream";
    ctx.body = Readable.from(parts(2));
  });
}

function addLogging(router: Router, kit: Taffrail): void {
  router.get("/log", async (ctx) => {
    kit.log.info("at once");
    await setTimeout(2);
    kit.log.info("after a timer");
    ctx.res.on("finish", () => kit.log.info("in finish"));
    ctx.res.on("close", () => kit.log.info("in close"));
    ctx.body = "ok";
  });
  router.get("/log-on-abort", (ctx) => {
    ctx.respond = false;
    ctx.res.on("close", () => kit.log.info("in close of an abort"));
  });
  router.post("/echo", (ctx) => {
    kit.log.info("after the body");
    ctx.body = ctx.request.body;
  });
  router.post("/upload", async (ctx) => {
    const form = busboy({ headers: ctx.req.headers });
    form.on("file", (_name, file) => file.resume());
    await new Promise((resolve) => {
      form.on("close", resolve);
      ctx.req.pipe(form);
    });
    kit.log.info("after the upload");
    ctx.body = "ok";
  });
  router.get("/fields/:user", async (ctx) => {
    kit.log.info("before the fields");
    kit.addFields({ user_id: ctx.params["user"], request_id: "forged" });
    await setTimeout(1);
    kit.log.info({ step: 2 }, "after the fields");
    ctx.body = "ok";
  });
  router.get("/propagate", (ctx) => {
    ctx.body = kit.propagationHeaders();
  });
}
