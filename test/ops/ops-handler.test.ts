import { Agent, createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { gunzipSync } from "node:zlib";
import express from "express";
import { describe, expect, test } from "vitest";
import { createHealth } from "../../src/ops/health.ts";
import { createOpsHandler, type OpsHandler, type OpsHandlerOptions } from "../../src/ops/ops-handler.ts";
import { openMetrics } from "../metrics/fixtures.ts";
import { checkOpenMetrics } from "../metrics/openmetrics-grammar.ts";
import { ask, closeAfter, openOps, textOf } from "./fixtures.ts";

const token = "correct-horse-battery-staple";
const authorization = `Bearer ${token}`;

describe("/metrics", () => {
  test("answers real metrics in the format that is asked for, uncached", async () => {
    const { port } = await openOps({ metrics: openMetrics() });
    const text = await ask({ port, path: "/metrics?x=1" });
    expect(text.status).toBe(200);
    expect(text.headers).toMatchObject({
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      vary: "Accept, Accept-Encoding",
    });
    expect(text.text).toContain('log_messages_total{level="info"} 0');
    const open = await ask({ port, path: "/metrics", headers: { accept: "application/openmetrics-text" } });
    expect(open.headers["content-type"]).toContain("application/openmetrics-text");
    checkOpenMetrics(open.text);
  });

  test.each([
    ["gzip", "gzip"],
    ["deflate, GZIP;q=0.5", "gzip"],
    ["*", "gzip"],
    ["gzip;q=0", undefined],
    ["gzip;q=0.000", undefined],
    ["br", undefined],
    ["", undefined],
  ])("with Accept-Encoding %j is encoded as %s", async (acceptEncoding, encoding) => {
    const { port } = await openOps({ metrics: openMetrics() });
    const plain = (await ask({ port, path: "/metrics" })).text;
    const answer = await ask({ port, path: "/metrics", headers: { "accept-encoding": acceptEncoding } });
    expect(answer.headers["content-encoding"]).toBe(encoding);
    expect(answer.headers["content-length"]).toBe(String(answer.bytes.length));
    const body = encoding === undefined ? answer.text : gunzipSync(answer.bytes).toString();
    expect(body.split("\n")[0]).toBe(plain.split("\n")[0]);
    if (encoding !== undefined) expect(answer.bytes.length).toBeLessThan(plain.length / 3);
  });

  test("a small answer is not worth compressing", async () => {
    const { port } = await openOps();
    const answer = await ask({ port, path: "/metrics", headers: { "accept-encoding": "gzip" } });
    expect(answer.headers["content-encoding"]).toBeUndefined();
    expect(answer.text).toBe("up 1\n");
  });

  test("that cannot be written is a 500 without detail, and reported", async () => {
    const error = new Error("secret detail");
    const { port, errors } = await openOps({ metrics: { render: () => Promise.reject(error) } });
    const answer = await ask({ port, path: "/metrics" });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain("secret");
    expect(errors).toEqual([error]);
  });
});

describe("/healthz", () => {
  test("is alive without asking any check", async () => {
    const { port, health } = await openOps();
    let runs = 0;
    health.add("db", () => {
      runs += 1;
      throw new Error("down");
    });
    health.setReady(false, "draining");
    const answer = await ask({ port, path: "/healthz" });
    expect([answer.status, answer.json(), runs]).toEqual([200, { status: "ok" }, 0]);
  });
});

describe("/readyz", () => {
  test("is 200 with the detail of each check", async () => {
    const { port, health } = await openOps();
    health.add("db", () => {});
    const answer = await ask({ port, path: "/readyz" });
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      status: "ready",
      checks: { db: { status: "ok", duration_ms: expect.any(Number) } },
    });
  });

  test("is 503 with the reason and messages, never a stack", async () => {
    const { port, health } = await openOps();
    health.add("db", () => {
      throw new Error("refused");
    });
    health.setReady(false, "draining");
    const answer = await ask({ port, path: "/readyz" });
    expect(answer.status).toBe(503);
    expect(answer.json()).toEqual({
      status: "not_ready",
      reason: "draining",
      checks: { db: { status: "failed", duration_ms: expect.any(Number), error: "refused" } },
    });
    expect(answer.text).not.toContain("at ");
  });
});

describe("/info", () => {
  test("answers what it was given", async () => {
    const { port } = await openOps({ info: () => ({ service_name: "shop", node_version: process.version }) });
    const answer = await ask({ port, path: "/info" });
    expect(answer.json()).toEqual({ service_name: "shop", node_version: process.version });
  });
});

describe("/log-level", () => {
  const put = (port: number, body: string, headers: Record<string, string> = { authorization }) =>
    ask({ port, path: "/log-level", method: "PUT", body, headers });

  test("is read, changed, and changed for one module", async () => {
    const { port, changes } = await openOps({ token });
    const get = await ask({ port, path: "/log-level", headers: { authorization } });
    expect(get.json()).toEqual({ level: "info", modules: {} });
    expect((await put(port, '{"level":"debug"}')).json()).toEqual({ level: "debug", modules: {} });
    const both = await put(port, '{"level":"trace","module":"db"}');
    expect([both.status, both.json()]).toEqual([200, { level: "debug", modules: { db: "trace" } }]);
    expect(changes).toEqual([
      ["debug", undefined],
      ["trace", "db"],
    ]);
  });

  test.each([
    "",
    "{",
    "null",
    "[]",
    '"debug"',
    "{}",
    '{"level":"loud"}',
    '{"level":10}',
    '{"level":"debug","module":""}',
    '{"level":"debug","module":7}',
    '{"level":"debug","module":"a b"}',
    '{"level":"debug","module":"__proto__ "}',
    `{"level":"debug","module":"${"a".repeat(65)}"}`,
    '{"level":"debug","modul":"db"}',
    `{"level":"debug"${" ".repeat(2000)}}`,
    `{"level":"debug"${" ".repeat(2_000_000)}}`,
  ])("refuses a wrong body, changes nothing and says the right one (%#)", async (body) => {
    const { port, changes } = await openOps({ token });
    const answer = await put(port, body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('\\"trace\\" | \\"debug\\"');
    expect(changes).toEqual([]);
  });

  test("a body far too long costs neither the answer nor the connection", async () => {
    const { port } = await openOps({ token });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const args = { port, path: "/log-level", headers: { authorization }, agent };
    const long = await ask({ ...args, method: "PUT", body: " ".repeat(2_000_000) });
    expect(long.status).toBe(400);
    const [socket] = Object.values(agent.freeSockets).flat();
    expect(socket).toBeDefined();
    expect((await ask(args)).status).toBe(200);
    expect(Object.values(agent.freeSockets).flat()).toEqual([socket]);
    agent.destroy();
  });

  test("a body that is right up to the limit and goes on is refused", async () => {
    const { port, changes } = await openOps({ token });
    const socket = connect(port, "127.0.0.1");
    const right = '{"level":"debug"}';
    const chunks = [right, " ".repeat(2000), ""].map((text) => `${text.length.toString(16)}\r\n${text}\r\n`);
    const head = `PUT /log-level HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n`;
    socket.end(`${head}Transfer-Encoding: chunked\r\n\r\n${chunks.join("")}`);
    const answer = await textOf(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(changes).toEqual([]);
  });

  test("a client that leaves in mid-body changes nothing", async () => {
    const { port, changes, server } = await openOps({ token });
    const socket = connect(port, "127.0.0.1");
    const head = `PUT /log-level HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n`;
    socket.write(`${head}Content-Length: 50\r\n\r\n{"level":"debug"}`);
    await new Promise((resolve) => socket.once("ready", resolve));
    expect((await ask({ port, path: "/healthz" })).status).toBe(200);
    socket.destroy();
    await server.close();
    expect(changes).toEqual([]);
  });

  test("cannot be changed where no token is configured, and says how", async () => {
    const { port, changes } = await openOps();
    const answer = await put(port, '{"level":"debug"}', {});
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("ops.token");
    expect(changes).toEqual([]);
    expect((await ask({ port, path: "/log-level" })).status).toBe(200);
  });
});

describe("the token", () => {
  const guarded = ["/metrics", "/info", "/log-level", "/nothing", "/"];

  test.each(guarded)("is asked for at %s", async (path) => {
    const { port } = await openOps({ token });
    for (const headers of [
      {},
      { authorization: `Bearer ${token}x` },
      { authorization: token },
      { authorization: "Basic x" },
    ]) {
      const answer = await ask({ port, path, headers });
      expect(answer.status).toBe(401);
      expect(answer.headers["www-authenticate"]).toBe("Bearer");
      expect(answer.text).not.toContain(token);
    }
    expect((await ask({ port, path, headers: { authorization } })).status).not.toBe(401);
    expect((await ask({ port, path, headers: { authorization: `bearer  ${token}` } })).status).not.toBe(401);
  });

  test("is not asked for by probes, who then see no messages", async () => {
    const { port, health } = await openOps({ token });
    health.add("db", () => {
      throw new Error("refused");
    });
    expect((await ask({ port, path: "/healthz" })).status).toBe(200);
    const probe = await ask({ port, path: "/readyz" });
    expect([probe.status, probe.json()]).toEqual([
      503,
      { status: "not_ready", checks: { db: { status: "failed", duration_ms: expect.any(Number) } } },
    ]);
    expect((await ask({ port, path: "/readyz", headers: { authorization } })).text).toContain("refused");
  });

  test("must not be empty", () => {
    expect(() => handlerWith({ token: "" })).toThrow(
      expect.objectContaining({ code: "ERR_TAFFRAIL_CONFIG_INVALID" }),
    );
  });
});

describe("anything else", () => {
  test("is a 404 in JSON", async () => {
    const { port } = await openOps();
    for (const path of ["/", "/metrics/", "/Metrics", "//metrics", "/favicon.ico"]) {
      const answer = await ask({ port, path });
      expect([answer.status, answer.json()]).toEqual([404, { error: "There is no such endpoint." }]);
    }
  });

  test.each([
    ["POST", "/metrics", "GET, HEAD"],
    ["PUT", "/readyz", "GET, HEAD"],
    ["DELETE", "/log-level", "GET, HEAD"],
    ["OPTIONS", "/info", "GET, HEAD"],
  ])("%s %s is a 405 that says what is allowed", async (method, path, allow) => {
    const { port } = await openOps();
    const answer = await ask({ port, path, method });
    expect([answer.status, answer.headers.allow]).toEqual([405, allow]);
  });

  test("with a token, PUT is among what /log-level allows", async () => {
    const { port } = await openOps({ token });
    const answer = await ask({ port, path: "/log-level", method: "DELETE", headers: { authorization } });
    expect(answer.headers.allow).toBe("GET, HEAD, PUT");
  });

  test("HEAD answers GET's headers without a body", async () => {
    const { port } = await openOps();
    for (const path of ["/metrics", "/healthz", "/readyz", "/info", "/log-level"]) {
      const [get, head] = [await ask({ port, path }), await ask({ port, path, method: "HEAD" })];
      expect(head.bytes).toHaveLength(0);
      expect(head.status).toBe(get.status);
      expect(head.headers["content-type"]).toBe(get.headers["content-type"]);
      if (path !== "/readyz") expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
    }
  });

  test("a client that leaves early harms nobody", async () => {
    let release = (): void => {};
    const rendering = new Promise<void>((resolve) => {
      release = resolve;
    });
    let rendered = (): void => {};
    const asked = new Promise<void>((resolve) => {
      rendered = resolve;
    });
    const { port, errors } = await openOps({
      metrics: {
        render: async () => {
          rendered();
          await rendering;
          return { contentType: "text/plain", body: "x".repeat(100_000) };
        },
      },
    });
    const socket = connect(port, "127.0.0.1");
    socket.write("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    await asked;
    socket.destroy();
    await new Promise((resolve) => socket.once("close", resolve));
    release();
    expect((await ask({ port, path: "/healthz" })).status).toBe(200);
    expect(errors).toEqual([]);
  });
});

describe("mounted on the application", () => {
  test("under a prefix it takes what is there and nothing else", async () => {
    const ops = handlerWith({ prefix: "/-/ops" });
    const port = await listen((req, res) => {
      if (!ops(req, res)) res.end("the application");
    });
    expect((await ask({ port, path: "/-/ops/healthz" })).json()).toEqual({ status: "ok" });
    expect((await ask({ port, path: "/-/ops/metrics?a=b" })).text).toBe("up 1\n");
    expect((await ask({ port, path: "/-/ops/nothing" })).status).toBe(404);
    expect((await ask({ port, path: "/-/ops" })).status).toBe(404);
    for (const path of ["/", "/metrics", "/healthz", "/-/opsx/metrics"]) {
      expect((await ask({ port, path })).text).toBe("the application");
    }
  });

  test("in Express it works behind a body parser, too", async () => {
    const changes: unknown[] = [];
    const app = express();
    app.use(express.json());
    app.use(
      "/ops",
      handlerWith({
        token,
        logLevels: { read: () => ({ level: "warn", modules: {} }), set: (level) => changes.push(level) },
      }),
    );
    const port = await listen(app);
    const answer = await ask({
      port,
      path: "/ops/log-level",
      method: "PUT",
      headers: { authorization, "content-type": "application/json" },
      body: '{"level":"warn"}',
    });
    expect([answer.status, answer.json(), changes]).toEqual([200, { level: "warn", modules: {} }, ["warn"]]);
  });

  test.each(["ops", "/ops/", "/"])("the prefix %j is refused at the start", (prefix) => {
    expect(() => handlerWith({ prefix })).toThrow(
      expect.objectContaining({
        code: "ERR_TAFFRAIL_CONFIG_INVALID",
        message: expect.stringContaining("ops.prefix"),
      }),
    );
  });

  test("an answer that breaks off after its headers ends the connection", async () => {
    const ops = handlerWith({});
    const port = await listen((req, res) => {
      res.writeHead(200);
      res.flushHeaders();
      ops(req, res);
    });
    await expect(ask({ port, path: "/healthz" })).rejects.toThrow();
  });
});

function handlerWith(changed: Partial<OpsHandlerOptions>): OpsHandler {
  return createOpsHandler({
    metrics: { render: async () => ({ contentType: "text/plain", body: "up 1\n" }) },
    health: createHealth(),
    logLevels: { read: () => ({ level: "info", modules: {} }), set: () => {} },
    info: () => ({}),
    ...changed,
  });
}

async function listen(handler: Parameters<typeof createServer>[1]): Promise<number> {
  const server = createServer(handler).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  closeAfter(() => new Promise((resolve) => server.close(() => resolve())));
  // Listening on TCP, so the address is an AddressInfo.
  return (server.address() as AddressInfo).port;
}
