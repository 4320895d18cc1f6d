import { createServer, type RequestListener } from "node:http";
import express from "express";
import { type HttpLogger, type Options, pinoHttp } from "pino-http";
import { afterEach, describe, expect, it } from "vitest";
import { contractOptions } from "../../adapters/pino-http/index.ts";
import { createTaffrail, type LogLine, type Taffrail } from "../../src/index.ts";
import { type CapturedLog, captureLog } from "../../src/testing/index.ts";
import { ask, rawConnection } from "../support/client.ts";
import { until } from "../support/poll.ts";
import { matchesSchema } from "../support/schema.ts";
import { serve } from "../support/serve.ts";

const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

let stop: (() => Promise<void>) | undefined;
afterEach(async () => {
  await stop?.();
});

interface Running {
  readonly url: string;
  readonly log: CapturedLog;
  readonly kit: Taffrail;
  completion(): Promise<LogLine>;
}

/** Serve what is made of pino-http with the contract's options. */
async function start(app: (logger: HttpLogger) => RequestListener, own: Options = {}): Promise<Running> {
  const log = captureLog();
  const kit = createTaffrail({
    serviceName: "moved",
    log: { destination: log.destination },
    http: { skip: ["/skipped"] },
    ops: { listen: false },
  });
  const { url, close } = await serve(createServer(app(pinoHttp(contractOptions(kit, own)))));
  stop = async () => {
    await close();
    await kit.close();
  };
  const completion = () => log.waitFor((line) => line.event_name === "http.server.request");
  return { url, log, kit, completion };
}

function shop(logger: HttpLogger): express.Express {
  const app = express();
  app.use(logger);
  app.get("/orders/:id", (req, res) => {
    req.log.info({ order_id: req.params.id }, "looked up");
    res.json({ id: req.id });
  });
  app.get("/told", (_req, res) => {
    res.err = new RangeError("card declined");
    res.status(500).end();
  });
  app.get("/hang", () => undefined);
  app.get("/skipped", (req, res) => {
    req.log.info("still heard");
    res.end();
  });
  const router = express.Router();
  router.get("/secret", (_req, res) => void res.end());
  app.use("/of/:customer", router);
  return app;
}

describe("pino-http with the contract's options, and nothing else", () => {
  it("leaves one line that meets the contract", async () => {
    const { url, log, completion } = await start(shop);
    await ask(`${url}/orders/7?token=hunter2`, {
      headers: { "x-request-id": "r-1", authorization: "s3cret" },
    });
    const line = await completion();
    expect(matchesSchema(line)).toEqual([]);
    expect(line).toMatchObject({
      level: "info",
      request_id: "r-1",
      http_route: "/orders/:id",
      url_path: "/orders/7",
      http_response_status_code: 200,
      outcome: "ok",
      service_name: "moved",
    });
    expect(log.lines.filter(({ request_id }) => request_id === "r-1")).toHaveLength(2);
    expect(JSON.stringify(log.lines)).not.toMatch(/hunter2|s3cret/);
  });

  it("gives req.log the request's ids, and no request with its headers", async () => {
    const { url, log } = await start(shop);
    await ask(`${url}/orders/7`, { headers: { traceparent } });
    const line = await log.waitFor(({ msg }) => msg === "looked up");
    expect(matchesSchema(line)).toEqual([]);
    expect(line).toMatchObject({ order_id: "7", trace_id: traceparent.slice(3, 35) });
    expect(line.request_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(line).not.toHaveProperty("req");
  });

  it("gives req.id and the answer's header the id of the lines", async () => {
    const { url, completion } = await start(shop);
    const answer = await ask(`${url}/orders/7`);
    const { request_id } = await completion();
    expect(JSON.parse(answer.text)).toEqual({ id: request_id });
    expect(answer.headers["x-request-id"]).toBe(request_id);
  });

  it("logs the error on res.err as it is", async () => {
    const { url, completion } = await start(shop);
    await ask(`${url}/told`);
    expect(await completion()).toMatchObject({
      level: "error",
      outcome: "server_error",
      exception_type: "RangeError",
      exception_message: "card declined",
    });
  });

  it("tells when the client left", async () => {
    const { url, kit, completion } = await start(shop);
    const connection = await rawConnection(url, "GET /hang HTTP/1.1\r\nHost: shop\r\n\r\n");
    await until(() => kit.http.active.size, Boolean);
    connection.destroy();
    const line = await completion();
    expect(line).toMatchObject({ outcome: "aborted", http_route: "/hang" });
    expect(line).not.toHaveProperty("http_response_status_code");
  });

  it("counts requests in the kit's metrics", async () => {
    const { url, kit, completion } = await start(shop);
    await ask(`${url}/orders/7`);
    await completion();
    expect(await kit.metrics.registry.metrics()).toMatch(
      /http_server_request_duration_seconds_count\{.*http_route="\/orders\/:id".*\} 1/,
    );
  });

  it("has the whole route below a mount path, without what the client asked for", async () => {
    const { url, completion } = await start(shop);
    await ask(`${url}/of/alice/secret`);
    expect(await completion()).toMatchObject({ http_route: "/of/:customer/secret" });
  });

  it("watches no path that is skipped, whose lines are written all the same", async () => {
    const { url, log } = await start(shop);
    await ask(`${url}/skipped`);
    const line = await log.waitFor(({ msg }) => msg === "still heard");
    expect(line).not.toHaveProperty("request_id");
    expect(log.lines.filter(({ event_name }) => event_name === "http.server.request")).toEqual([]);
  });

  it("runs on Node's own server", async () => {
    const { url, log, completion } = await start((logger) => (req, res) => {
      logger(req, res);
      req.log.warn("low on tea");
      res.end();
    });
    await ask(`${url}/tea`, { headers: { "x-request-id": "r-2" } });
    expect(await completion()).toMatchObject({ request_id: "r-2", url_path: "/tea", outcome: "ok" });
    expect(await log.waitFor(({ msg }) => msg === "low on tea")).toMatchObject({ request_id: "r-2" });
  });
});

describe("options that pino-http had", () => {
  it("customProps are fields of the completion line, asked for at its end", async () => {
    const { url, completion } = await start(shop, {
      customProps: (req, res) => ({
        tenant: req.headers["x-tenant"],
        answered: res.statusCode,
        request_id: "no",
      }),
    });
    await ask(`${url}/orders/7`, { headers: { "x-tenant": "acme", "x-request-id": "r-3" } });
    expect(await completion()).toMatchObject({ tenant: "acme", answered: 200, request_id: "r-3" });
  });

  it("customProps that throw cost no line and no process", async () => {
    const { url, log, completion } = await start(shop, {
      customProps: () => {
        throw new Error("no tenant");
      },
    });
    await ask(`${url}/orders/7`);
    expect(await completion()).toMatchObject({ http_response_status_code: 200 });
    expect(log.lines).toContainEqual(
      expect.objectContaining({
        level: "warn",
        event_name: "kit.problem",
        msg: "the application's customProps threw",
      }),
    );
  });
});
