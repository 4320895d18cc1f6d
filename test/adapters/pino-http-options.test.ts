import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import express from "express";
import { type Options, pinoHttp } from "pino-http";
import { afterEach, describe, expect, it } from "vitest";
import { requestLogger } from "../../adapters/express/index.ts";
import { type ContractSettings, contractOptions } from "../../adapters/pino-http/index.ts";
import { createTaffrail, type LogLine, type Taffrail, type TaffrailOptions } from "../../src/index.ts";
import { type CapturedLog, captureLog } from "../../src/testing/index.ts";
import { type Answer, type Ask, ask } from "../support/client.ts";
import { matchesSchema } from "../support/schema.ts";
import { serve } from "../support/serve.ts";
import { paymentError } from "./harness.ts";

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

interface SetUp extends ContractSettings {
  readonly options?: Options;
  /** What of the options is set beside contractOptions, not through it. */
  readonly spread?: Options;
  readonly kitOptions?: TaffrailOptions;
  /** Runs before pino-http. */
  readonly before?: Handler;
  readonly handler?: Handler;
}

interface Running {
  readonly log: CapturedLog;
  readonly kit: Taffrail;
  readonly url: string;
  /** Ask, and answer all lines of the request, once the last is there. */
  linesOf(path: string, options?: Ask): Promise<LogLine[]>;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A plain Node server that logs through pino-http. */
async function run(setUp: SetUp = {}): Promise<Running> {
  const { options, spread, kitOptions, before, oldNames = false } = setUp;
  const { handler = (_req, res) => res.end("ok") } = setUp;
  const log = captureLog();
  const kit = createTaffrail({
    preset: "test",
    serviceName: "shop",
    outgoing: { measure: false },
    log: { destination: log.destination, level: "debug" },
    ...kitOptions,
  });
  const logger = pinoHttp({ ...contractOptions(kit, options, { oldNames }), ...spread });
  const server = createServer((req, res) => {
    before?.(req, res);
    logger(req, res);
    handler(req, res);
  });
  const { url, close } = await serve(server);
  closing.push(close, () => kit.close());
  return {
    log,
    kit,
    url,
    async linesOf(path, asked) {
      const { headers } = await ask(url + path, asked);
      const id = headers["x-request-id"];
      await log.waitFor((line) => line.request_id === id && line.event_name === "http.server.request");
      return log.lines.filter((line) => line.request_id === id);
    },
  };
}

const fails: Handler = (_req, res) => {
  res.err = paymentError();
  res.writeHead(500).end();
};

describe("pino-http with contractOptions", () => {
  it("req.id, req.log, res.log and the completion line agree, and no line holds the request", async () => {
    const app = await run({
      handler(req, res) {
        req.log.info({ order_id: 7 }, "asked");
        res.log.child({ step: 2 }).warn("answering");
        res.end(String(req.id));
      },
    });
    const answer = await ask(`${app.url}/orders?token=hunter2`, { headers: { "x-request-id": "r-7" } });
    expect(answer).toMatchObject({ text: "r-7", headers: { "x-request-id": "r-7" } });
    await app.log.waitFor(({ event_name }) => event_name === "http.server.request");
    expect(app.log.lines.map(({ msg, level, request_id }) => [msg, level, request_id])).toEqual([
      ["asked", "info", "r-7"],
      ["answering", "warn", "r-7"],
      ["GET /orders 200", "info", "r-7"],
    ]);
    expect(app.log.lines.flatMap((line) => matchesSchema(line))).toEqual([]);
    expect(app.log.text.join("")).not.toMatch(/hunter2|"req"|"res"|responseTime/);
  });

  it("the error that res.err tells is on the line, without the synthetic one", async () => {
    const [line] = await (await run({ handler: fails })).linesOf("/pay");
    expect(line).toMatchObject({
      level: "error",
      outcome: "server_error",
      error_type: "PaymentError",
      exception_message: "card declined by issuer",
      exception_causes: [{ exception_message: "ECONNRESET" }],
    });
  });

  it("a null error is none, and a 500 without an error is named by its status", async () => {
    const handler: Handler = (_req, res) => {
      Object.assign(res, { err: null });
      res.writeHead(500).end();
    };
    const [line] = await (await run({ handler })).linesOf("/pay");
    expect(line).toMatchObject({ level: "error", error_type: "500" });
    expect(line).not.toHaveProperty("exception_type");
  });

  it("pino-http's own line stays away where autoLogging is turned on again", async () => {
    const app = await run({ spread: { autoLogging: true }, handler: fails });
    await app.linesOf("/pay");
    await app.linesOf("/pay");
    expect(app.log.lines).toHaveLength(2);
  });

  it("fields bound to the request's logger are on the completion line", async () => {
    const handler: Handler = (req, res) => {
      req.log.setBindings({ tenant: "acme" });
      res.end();
    };
    const [line] = await (await run({ handler })).linesOf("/");
    expect(line).toMatchObject({ tenant: "acme", msg: "GET / 200" });
  });

  it("a request that is not watched has no ids of the one before it on its connection", async () => {
    const app = await run({
      kitOptions: { http: { skip: ["/skipped"] } },
      before: () => void 0,
      handler(req, res) {
        if (req.url === "/skipped") req.log.info(`skipped, with id ${typeof req.id}`);
        res.end();
      },
    });
    const { kit, log } = app;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    closing.push(async () => agent.destroy());
    for (const path of ["/first", "/skipped", "/second"]) await askOn(agent, app.url + path);
    kit.log.info("outside");
    await log.waitFor(({ url_path }) => url_path === "/second");
    const skipped = log.lines.find(({ msg }) => msg === "skipped, with id string");
    expect(skipped).toBeDefined();
    expect(skipped).not.toHaveProperty("request_id");
  });

  it("requests are measured as with any adapter", async () => {
    const app = await run({ handler: fails });
    await app.linesOf("/pay");
    expect(await app.kit.metrics.registry.metrics()).toMatch(
      /http_server_request_duration_seconds_count\{[^}]*error_type="PaymentError"[^}]*\} 1\n/,
    );
  });
});

describe("what a set-up has, beside contractOptions", () => {
  it("customProps are on every line, and asked again when the request ends", async () => {
    const app = await run({
      options: { customProps: (_req, res) => ({ tenant: "acme", answered: res.writableEnded }) },
      handler(req, res) {
        req.log.info("asked");
        res.end();
      },
    });
    expect(await app.linesOf("/")).toMatchObject([
      { msg: "asked", tenant: "acme", answered: false },
      { msg: "GET / 200", tenant: "acme", answered: true },
    ]);
  });

  it("customLogLevel decides, is given the error that was told, and may say silent", async () => {
    const seen: unknown[] = [];
    const app = await run({
      options: {
        customLogLevel(req, res, error) {
          seen.push(error?.message);
          return req.url === "/quiet" ? "silent" : res.statusCode >= 500 ? "fatal" : "debug";
        },
      },
      handler: (req, res) => (req.url === "/pay" ? fails(req, res) : void res.end()),
    });
    expect((await app.linesOf("/pay"))[0]).toMatchObject({ level: "fatal" });
    await ask(`${app.url}/quiet`);
    expect((await app.linesOf("/"))[0]).toMatchObject({ level: "debug" });
    expect(app.log.lines).toHaveLength(2);
    expect(seen).toEqual(["card declined by issuer", undefined, undefined]);
    expect(await app.kit.metrics.registry.metrics()).toMatch(
      /http_server_request_duration_seconds_count\{[^}]*http_response_status_code="200"[^}]*\} 2\n/,
    );
  });

  it("what autoLogging ignores is at debug where it went well, and as usual where it didn't", async () => {
    const app = await run({
      options: { autoLogging: { ignore: (req) => req.url?.startsWith("/health") === true } },
      handler: (req, res) => (req.url === "/health?fail" ? fails(req, res) : void res.end()),
    });
    expect((await app.linesOf("/health"))[0]).toMatchObject({ level: "debug" });
    expect((await app.linesOf("/health?fail"))[0]).toMatchObject({ level: "error" });
    expect((await app.linesOf("/"))[0]).toMatchObject({ level: "info" });
  });

  it.each([
    ["text", "ord-7", "ord-7"],
    ["a number", 7, "7"],
    ["malformed text", 'a "b"', undefined],
    ["an object", {}, undefined],
  ] as const)("genReqId gives %s", async (_kind, given, expected) => {
    const app = await run({
      options: { genReqId: () => given },
      handler: (req, res) => void res.end(String(req.id)),
    });
    const { text, headers } = await ask(`${app.url}/`);
    expect(headers["x-request-id"]).toBe(text);
    if (expected === undefined) expect(text).toMatch(/^[0-9a-f-]{36}$/);
    else expect(text).toBe(expected);
  });

  it("an id that the request has already is kept, unless it is Fastify's count", async () => {
    const before: Handler = (req) => {
      req.id = req.url?.slice(1) ?? "";
    };
    const app = await run({ before });
    const idOf = async (path: string): Promise<unknown> =>
      (await ask(app.url + path)).headers["x-request-id"];
    expect(await idOf("/mine-1")).toBe("mine-1");
    expect(await idOf("/req-1a")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("a line on arrival, and fields of the completion line", async () => {
    const app = await run({
      options: {
        customReceivedMessage: (req) => `${req.method} came in`,
        customReceivedObject: () => ({ arrived: true }),
        customSuccessObject: (_req, res, old: object) => ({ ...old, code: res.statusCode }),
        customErrorObject: (_req, _res, error, old: object) => ({ ...old, reason: error.message }),
      },
      handler: (req, res) => (req.url === "/pay" ? fails(req, res) : void res.end()),
    });
    const [arrival, line] = await app.linesOf("/");
    expect(arrival).toMatchObject({ msg: "GET came in", arrived: true, level: "info" });
    expect(line).toMatchObject({ code: 200 });
    expect(line).not.toHaveProperty("responseTime");
    expect((await app.linesOf("/pay"))[1]).toMatchObject({
      reason: "card declined by issuer",
      error_type: "PaymentError",
    });
  });

  it("its serializers make the fields of its own lines, but for errors, which are the contract's", async () => {
    const app = await run({
      options: {
        serializers: { order: ({ id }: { id: number }) => `order ${id}`, err: () => "lost" },
        msgPrefix: "[shop] ",
        level: "warn",
        quietReqLogger: true,
      },
      handler(req, res) {
        req.log.info("below the level");
        req.log.warn({ order: { id: 7 }, err: new RangeError("too many") }, "odd");
        res.end();
      },
    });
    const [line, ...others] = await app.linesOf("/");
    expect(line).toMatchObject({
      msg: "[shop] odd",
      order: "order 7",
      exception_type: "RangeError",
      exception_message: "too many",
    });
    expect(others).toHaveLength(1);
  });

  it("a function of its own that throws costs nothing but what it was to say, and is named", async () => {
    const broken = (): never => {
      throw new RangeError("broken");
    };
    const app = await run({
      options: {
        genReqId: broken,
        customProps: broken,
        customLogLevel: broken,
        customSuccessObject: broken,
        customReceivedMessage: broken,
        autoLogging: { ignore: broken },
      },
    });
    for (let at = 0; at < 2; at++) expect((await app.linesOf("/")).at(-1)).toMatchObject({ outcome: "ok" });
    const problems = app.log.lines.filter(({ event_name }) => event_name === "kit.problem");
    expect(problems.map(({ msg }) => msg)).toEqual(
      [
        "genReqId",
        "autoLogging.ignore",
        "customProps",
        "customReceivedMessage",
        "customSuccessObject",
        "customLogLevel",
      ].map((name) => `the application's ${name} threw`),
    );
    expect(problems[0]).toMatchObject({ exception_message: "broken" });
  });
});

it("options hold as well where a framework's adapter stands in front", async () => {
  const log = captureLog();
  const kit = createTaffrail({
    preset: "test",
    outgoing: { measure: false },
    log: { destination: log.destination },
  });
  const app = express();
  app.use(requestLogger(kit));
  const options: Options = {
    customProps: () => ({ tenant: "acme" }),
    customLogLevel: () => "fatal",
    genReqId: () => "too-late",
  };
  app.use(pinoHttp(contractOptions(kit, options, { oldNames: true })));
  app.get("/pay/:id", (req, res) => {
    req.log.info("asked");
    fails(req, res);
  });
  const { url, close } = await serve(createServer(app));
  closing.push(close, () => kit.close());
  await ask(`${url}/pay/7`, { headers: { "x-request-id": "r-1" } });
  const line = await log.waitFor(({ event_name }) => event_name === "http.server.request");
  expect(log.lines).toHaveLength(2);
  expect(log.lines[0]).toMatchObject({ msg: "asked", request_id: "r-1", tenant: "acme", req: { id: "r-1" } });
  expect(line).toMatchObject({
    level: "fatal",
    request_id: "r-1",
    tenant: "acme",
    http_route: "/pay/:id",
    error_type: "PaymentError",
    res: { statusCode: 500 },
  });
});

describe("both names side by side", () => {
  it("req on every line, res and responseTime on the completion line, without secrets", async () => {
    const app = await run({
      oldNames: true,
      handler(req, res) {
        req.log.info("asked");
        res.end();
      },
    });
    const headers = { authorization: "Bearer hunter2", "user-agent": "suite/1.0", "x-request-id": "r-9" };
    const [asked, line] = await app.linesOf("/orders?token=hunter2", { headers });
    const req = { id: "r-9", method: "GET", url: "/orders?token=***", remoteAddress: "127.0.0.1" };
    expect(asked).toMatchObject({ req: { ...req, headers: { "user-agent": "suite/1.0" } } });
    expect(line).toMatchObject({ req, res: { statusCode: 200 }, responseTime: expect.any(Number) as number });
    expect(line).toMatchObject({ http_response_status_code: 200, url_path: "/orders" });
    expect(app.log.lines.flatMap((each) => matchesSchema(each))).toEqual([]);
    expect(app.log.text.join("")).not.toContain("hunter2");
  });

  it("by the set-up's own names and serializers", async () => {
    const app = await run({
      oldNames: true,
      options: {
        customAttributeKeys: { req: "request", res: "response", err: "error", responseTime: "took" },
        serializers: {
          req: ({ method, raw }: { method: string; raw: IncomingMessage }) => ({ method, path: raw.url }),
          response: ({ statusCode }: { statusCode: number }) => ({ code: statusCode }),
        },
      },
      handler: fails,
    });
    const [line] = await app.linesOf("/pay");
    expect(line).toMatchObject({
      request: { method: "GET", path: "/pay" },
      response: { code: 500 },
      error: { type: "PaymentError", message: "card declined by issuer" },
      took: expect.any(Number) as number,
      error_type: "PaymentError",
    });
  });

  it("raw messages for serializers that ask for them, and the id alone where the set-up is quiet", async () => {
    const raw = await run({
      oldNames: true,
      options: {
        wrapSerializers: false,
        serializers: { req: (req: IncomingMessage) => req.rawHeaders.length },
      },
    });
    expect((await raw.linesOf("/", { headers: { host: "a" } }))[0]?.["req"]).toBeGreaterThan(1);
    const quiet = await run({ oldNames: true, options: { quietReqLogger: true } });
    const [line] = await quiet.linesOf("/");
    expect(line).toMatchObject({ reqId: line?.request_id });
    expect(line).not.toHaveProperty("req");
  });
});

describe("what does not go with the contract is refused at the start", () => {
  const kit = createTaffrail({ preset: "test", serviceName: "shop" });

  it("all of it in one error that says what to do instead", () => {
    const mine = { transport: { target: "pino-pretty" }, redact: ["req.headers.cookie"], base: null };
    expect(() => contractOptions(kit, mine)).toThrow(
      "options of pino-http that don't go with contractOptions: " +
        "transport (instead: the kit writes to standard output, with LOG_FORMAT=pretty for people), " +
        "redact (instead: createTaffrail({ redact: { keys } }), which holds for every line), " +
        "base (instead: leave it out: the log contract says it)",
    );
    // As those write it who have a transport in development alone.
    const none: object = { autoLogging: true, transport: undefined };
    expect(() => contractOptions(kit, none)).not.toThrow();
    expect(() => contractOptions(kit, { autoLogging: false })).toThrow("autoLogging");
  });

  it("also where it is set beside contractOptions, before or after", () => {
    expect(() => pinoHttp({ ...contractOptions(kit), formatters: {} })).toThrow("formatters");
    expect(() => pinoHttp({ redact: ["a"], ...contractOptions(kit) })).toThrow("redact");
    expect(() => pinoHttp({ ...contractOptions(kit), customProps: () => ({}) })).toThrow(
      "customProps is set beside contractOptions: give it to contractOptions(kit, { customProps })",
    );
  });
});

/** Ask on a connection that is kept. */
function askOn(agent: Agent, url: string): Promise<Answer["status"]> {
  return new Promise((resolve, reject) => {
    request(url, { agent }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode ?? 0));
    })
      .on("error", reject)
      .end();
  });
}
