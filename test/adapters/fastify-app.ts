import type { AddressInfo } from "node:net";
import { pipeline, Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import multipart from "@fastify/multipart";
import Fastify, { type FastifyInstance, type FastifyPluginCallback } from "fastify";
import { taffrail } from "../../adapters/fastify/index.ts";
import type { Taffrail } from "../../src/index.ts";
import {
  type AdapterHarness,
  brokenParts,
  failingStream,
  manyErrors,
  parts,
  paymentError,
} from "./harness.ts";

/** The application of the contract suite on Fastify. */
export const fastifyHarness: AdapterHarness = {
  name: "fastify 5",
  async start(kit) {
    const app = createApp(kit);
    await app.listen({ port: 0, host: "127.0.0.1", listenTextResolver: () => "listening" });
    const { port } = app.server.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}`,
      close: async () => {
        app.server.closeAllConnections();
        await app.close();
      },
    };
  },
};

function createApp(kit: Taffrail): FastifyInstance {
  const app = Fastify();
  void app.register(taffrail, { kit });
  void app.register(multipart);
  const ok = async (): Promise<object> => ({ ok: true });
  app.get("/ok", ok);
  app.get("/healthz", ok);
  app.get("/skipped/:id", ok);
  void app.register(
    async (twice) => {
      await twice.register(taffrail, { kit });
      twice.get("/ok", ok);
    },
    { prefix: "/twice" },
  );
  app.get<{ Params: { code: string } }>("/status/:code", (request, reply) => {
    void reply.code(Number(request.params.code)).send();
  });
  app.get("/redirect", (_request, reply) => reply.redirect("/ok"));
  addFailures(app);
  addStreams(app);
  addLogging(app, kit);
  void app.register(nestedRoutes, { prefix: "/api/:tenant" });
  void app.register(nestedRoutes, { prefix: "/other/:shop" });
  app.setErrorHandler((error, _request, reply) => {
    const { status = 500 } = Object(error) as { status?: number };
    return reply.code(status).send("failed");
  });
  return app;
}

const nestedRoutes: FastifyPluginCallback = (router, _options, done) => {
  router.get("/", async () => ({}));
  void router.register(
    async (orders) => {
      orders.get("/:id", async () => ({}));
      orders.get("/:id/fail", () => {
        throw paymentError();
      });
    },
    { prefix: "/orders" },
  );
  done();
};

function addFailures(app: FastifyInstance): void {
  app.get("/throw", () => {
    throw paymentError();
  });
  app.get("/throw-many", async () => {
    throw manyErrors();
  });
  app.get("/throw-text", async () => {
    throw "just text";
  });
  app.get("/throw-404", async () => {
    throw Object.assign(new Error("no such order"), { status: 404 });
  });
  app.get("/reject", async () => {
    await setTimeout(1);
    throw paymentError();
  });
}

function addStreams(app: FastifyInstance): void {
  app.get("/hang", () => new Promise(() => undefined));
  app.get("/stream", (_request, reply) => reply.send(Readable.from(parts(4))));
  app.get("/large", (_request, reply) => reply.send(Buffer.alloc(20_000_000)));
  app.get("/late-status", async (_request, reply) => {
    reply.hijack();
    reply.raw.write("and so it begins\n");
    await setTimeout(1);
    reply.raw.statusCode = 500;
    reply.raw.end();
  });
  app.get<{ Querystring: { early?: string } }>("/break-off", (request, reply) => {
    if (request.query.early === undefined) return reply.send(Readable.from(brokenParts()));
    // A stream that fails before its first byte is answered with 500 by Fastify, unless it is kept out of it.
    reply.hijack();
    pipeline(failingStream(), reply.raw, () => undefined);
    return undefined;
  });
  app.get("/stream-forever", (_request, reply) => {
    const forever = new Readable({ read: () => undefined });
    forever.push("and so it begins\n");
    return reply.send(forever);
  });
  app.get("/sse", (_request, reply) => {
    void reply.type("text/event-stream");
    return reply.send(Readable.from(parts(2)));
  });
}

function addLogging(app: FastifyInstance, kit: Taffrail): void {
  app.get("/log", async (request, reply) => {
    request.log.info("at once");
    await setTimeout(2);
    app.log.info("after a timer");
    reply.raw.on("finish", () => kit.log.info("in finish"));
    reply.raw.on("close", () => kit.log.info("in close"));
    return "ok";
  });
  app.get("/log-on-abort", (_request, reply) => {
    reply.raw.on("close", () => kit.log.info("in close of an abort"));
  });
  app.post("/echo", async (request) => {
    kit.log.info("after the body");
    return request.body;
  });
  app.post("/upload", async (request) => {
    const file = await request.file();
    await file?.toBuffer();
    kit.log.info("after the upload");
    return "ok";
  });
  app.get<{ Params: { user: string } }>("/fields/:user", async (request) => {
    kit.log.info("before the fields");
    kit.addFields({ user_id: request.params.user, request_id: "forged" });
    await setTimeout(1);
    kit.log.info({ step: 2 }, "after the fields");
    return "ok";
  });
  app.get("/propagate", async () => kit.propagationHeaders());
}
