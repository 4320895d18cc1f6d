import { createServer } from "node:http";
import { pipeline } from "node:stream";
import { setTimeout } from "node:timers/promises";
import busboy from "busboy";
import type express from "express";
import type { NextFunction, Request, RequestHandler, Response, Router } from "express";
import { errorLogger, requestLogger, watchServer } from "../../adapters/express/index.ts";
import type { Taffrail } from "../../src/index.ts";
import { serve } from "../support/serve.ts";
import { type AdapterHarness, failingStream, manyErrors, paymentError, type RunningApp } from "./harness.ts";

type Express = typeof express;

/** The application of the contract suite on a given major version of Express, behind these middlewares. */
export function expressHarness(
  name: string,
  framework: Express,
  loggers: (kit: Taffrail) => readonly RequestHandler[] = (kit) => [requestLogger(kit)],
): AdapterHarness {
  return {
    name,
    async start(kit): Promise<RunningApp> {
      const server = createServer(createApp(framework, kit, loggers(kit)));
      watchServer(kit, server);
      return serve(server);
    },
  };
}

function createApp(framework: Express, kit: Taffrail, loggers: readonly RequestHandler[]): express.Express {
  const app = framework();
  app.use(...loggers);
  app.use("/twice", ...loggers);
  app.use(framework.json());
  app.get("/ok", (_req, res) => void res.json({ ok: true }));
  app.get("/twice/ok", (_req, res) => void res.json({ ok: true }));
  app.get("/healthz", (_req, res) => void res.send("ok"));
  app.get("/skipped/:id", (_req, res) => void res.send("ok"));
  app.get("/status/:code", (req, res) => void res.status(Number(req.params.code)).send("as you like"));
  app.get("/redirect", (_req, res) => res.redirect("/ok"));
  addFailures(app);
  addStreams(app);
  addLogging(app, kit);
  app.use("/api/:tenant", nestedRouter(framework));
  app.use("/other/:shop", nestedRouter(framework));
  app.use(errorLogger(kit));
  app.use(answerError);
  return app;
}

function nestedRouter(framework: Express): Router {
  const orders = framework.Router();
  orders.get("/:id", (req, res) => void res.json({ id: req.params.id }));
  orders.get("/:id/fail", () => {
    throw paymentError();
  });
  const router = framework.Router();
  router.get("/", (_req, res) => void res.json({}));
  router.use("/orders", orders);
  return router;
}

function addFailures(app: express.Express): void {
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
  app.get("/reject", async (_req, _res, next) => {
    await setTimeout(1);
    next(paymentError());
  });
}

function addStreams(app: express.Express): void {
  app.get("/hang", () => undefined);
  app.get("/stream", async (_req, res) => {
    for (let part = 0; part < 4; part++) {
      res.write(`part ${part}\n`);
      await setTimeout(30);
    }
    res.end();
  });
  app.get("/large", (_req, res) => void res.send(Buffer.alloc(20_000_000)));
  app.get("/late-status", async (_req, res) => {
    res.write("and so it begins\n");
    await setTimeout(1);
    res.status(500).end();
  });
  app.get("/break-off", (req, res) => {
    if (req.query["early"] === undefined) res.write("and so it begins\n");
    pipeline(failingStream(), res, () => undefined);
  });
  app.get("/stream-forever", (_req, res) => {
    res.write("and so it begins\n");
  });
  app.get("/sse", async (_req, res) => {
    res.writeHead(200, { "content-type": "text/event-stream" });
    res.write("data: 1\n\n");
    await setTimeout(30);
    res.end("data: 2\n\n");
  });
}

function addLogging(app: express.Express, kit: Taffrail): void {
  app.get("/log", async (_req, res) => {
    kit.log.info("at once");
    await setTimeout(2);
    kit.log.info("after a timer");
    res.on("finish", () => kit.log.info("in finish"));
    res.on("close", () => kit.log.info("in close"));
    res.send("ok");
  });
  app.get("/log-on-abort", (_req, res) => {
    res.on("close", () => kit.log.info("in close of an abort"));
  });
  app.post("/echo", (req, res) => {
    kit.log.info("after the body");
    res.json(req.body);
  });
  app.post("/upload", (req, res) => {
    const form = busboy({ headers: req.headers });
    form.on("file", (_name, file) => file.resume());
    form.on("close", () => {
      kit.log.info("after the upload");
      res.send("ok");
    });
    req.pipe(form);
  });
  app.get("/fields/:user", async (req, res) => {
    kit.log.info("before the fields");
    kit.addFields({ user_id: req.params.user, request_id: "forged" });
    await setTimeout(1);
    kit.log.info({ step: 2 }, "after the fields");
    res.send("ok");
  });
  app.get("/propagate", (_req, res) => void res.json(kit.propagationHeaders()));
}

function answerError(error: unknown, _req: Request, res: Response, _next: NextFunction): void {
  const { status = 500 } = Object(error) as { status?: number };
  res.status(status).send("failed");
}
