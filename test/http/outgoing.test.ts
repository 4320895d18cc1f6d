import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import {
  ClientRequest,
  createServer,
  get,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from "node:http";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fetch as undiciFetch, request as undiciRequest } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requestLogger } from "../../adapters/node/index.ts";
import { createTaffrail, type LogLine, type Taffrail, type TaffrailOptions } from "../../src/index.ts";
import { type CapturedLog, captureLog } from "../../src/testing/index.ts";
import { type Ask, ask } from "../support/client.ts";
import { matchesSchema } from "../support/schema.ts";
import { type Served, serve } from "../support/serve.ts";

const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const ids = { "x-request-id": "r-1", traceparent, tracestate: "vendor=1" };

/** The ways of calling, each answering the body's text. */
const clients: Readonly<Record<string, (url: string, options?: Ask) => Promise<string>>> = {
  "node:http": async (url, options) => (await ask(url, options)).text,
  fetch: async (url, options = {}) => (await fetch(url, options as RequestInit)).text(),
  "undici's fetch": async (url, { method = "GET", headers = {} } = {}) =>
    (await undiciFetch(url, { method, headers: headers as Record<string, string> })).text(),
  "undici's request": async (url, { method = "GET", headers = {} } = {}) =>
    (
      await undiciRequest(url, { method: method as "GET", headers: headers as Record<string, string> })
    ).body.text(),
};

/** A service with one kit, whose handler does what a test asks it to. */
interface Caller {
  readonly kit: Taffrail;
  readonly log: CapturedLog;
  /** Do something within a request that carries the ids above. */
  within<T>(work: () => T | Promise<T>): Promise<T>;
  close(): Promise<unknown>;
}

async function caller(options: TaffrailOptions): Promise<Caller> {
  const log = captureLog();
  const kit = createTaffrail({
    preset: "test",
    serviceName: "caller",
    ops: { listen: false },
    ...options,
    log: { level: "debug", destination: log.destination },
  });
  let work: () => unknown = () => undefined;
  let done: (result: PromiseSettledResult<unknown>) => void = () => undefined;
  const server = await serve(
    createServer(
      requestLogger(kit)(async (_req, res) => {
        const [result] = await Promise.allSettled([(async () => work())()]);
        res.end();
        if (result) done(result);
      }),
    ),
  );
  return {
    kit,
    log,
    async within<T>(next: () => T | Promise<T>): Promise<T> {
      const result = new Promise<PromiseSettledResult<unknown>>((resolve) => {
        work = next;
        done = resolve;
      });
      await ask(server.url, { headers: ids });
      const settled = await result;
      if (settled.status === "rejected") throw settled.reason;
      return settled.value as T; // What `next` answered.
    },
    async close() {
      await server.close();
      await kit.close();
    },
  };
}

/** A service that tells the headers it was sent, or fails as its path says. */
function createTarget(): ReturnType<typeof createServer> {
  return createServer((req, res) => {
    const [, kind, detail] = (req.url ?? "").split(/[/?]/);
    if (kind === "status") return void res.writeHead(Number(detail)).end("as you like");
    if (kind === "hang") return undefined;
    if (kind === "cut") return void res.write("half", () => req.socket.destroy());
    req.resume();
    return void res.end(JSON.stringify(req.headers));
  });
}

const arrived = createTarget();
let target: Served;
let port: string;
beforeAll(async () => {
  target = await serve(arrived);
  ({ port } = new URL(target.url));
});
afterAll(() => target.close());

const callLine = ({ log }: Caller, path: string): Promise<LogLine> =>
  log.waitFor(
    ({ event_name, url_full }) => event_name === "http.client.request" && String(url_full).includes(path),
  );
const calls = ({ log }: Caller): LogLine[] =>
  log.lines.filter(({ event_name }) => event_name === "http.client.request");
const writesHeaders = (): unknown =>
  (ClientRequest.prototype as { _implicitHeader?: unknown })._implicitHeader;
const headersOf = (body: string): IncomingHttpHeaders => JSON.parse(body) as IncomingHttpHeaders;

describe.each(Object.entries(clients))("%s", (_name, call) => {
  let shop: Caller;
  beforeAll(async () => {
    shop = await caller({ outgoing: { propagateTo: ["127.0.0.1"] } });
  });
  afterAll(() => shop.close());

  it("carries the request's ids to an allowed host, beside the caller's own headers", async () => {
    const seen = headersOf(await shop.within(() => call(`${target.url}/ok`, { headers: { "x-own": "1" } })));
    expect(seen).toMatchObject({ ...ids, "x-own": "1" });
  });

  it("carries nothing to any other host", async () => {
    const seen = headersOf(await shop.within(() => call(`http://localhost:${port}/ok`)));
    expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(["x-request-id"]));
    expect(seen).not.toHaveProperty("traceparent");
    expect(seen).not.toHaveProperty("tracestate");
  });

  it("leaves a header of the caller's own as it is", async () => {
    const own = { "X-Request-Id": "mine", traceparent: traceparent.replace("4bf9", "aaaa") };
    const seen = headersOf(await shop.within(() => call(`${target.url}/ok`, { headers: own })));
    expect(seen).toMatchObject({ "x-request-id": "mine", traceparent: own.traceparent });
    expect(seen).not.toHaveProperty("tracestate");
  });

  it("carries nothing outside of a request", async () => {
    expect(headersOf(await call(`${target.url}/ok`))).not.toHaveProperty("x-request-id");
  });

  it("leaves one line with the request's ids, its secrets masked", async () => {
    shop.log.clear();
    await shop.within(() => call(`${target.url}/ok/Bearer%20x?token=hunter2`, { method: "POST" }));
    const line = await callLine(shop, "Bearer");
    expect(matchesSchema(line)).toEqual([]);
    expect(line).toMatchObject({
      level: "debug",
      event_name: "http.client.request",
      request_id: "r-1",
      trace_id: traceparent.split("-")[1],
      http_request_method: "POST",
      server_address: "127.0.0.1",
      server_port: Number(port),
      url_full: `${target.url}/ok/Bearer%20x?token=***`,
      http_response_status_code: 200,
      msg: "POST 127.0.0.1 200",
    });
    expect(line.duration_ms).toBeGreaterThan(0);
    expect(line).not.toHaveProperty("error_type");
    expect(calls(shop).filter(({ request_id }) => request_id === "r-1")).toHaveLength(1);
  });

  it("a 5xx is a warning; a 4xx is an error to the caller, and no warning", async () => {
    await shop.within(() => call(`${target.url}/status/503`));
    expect(await callLine(shop, "/status/503")).toMatchObject({ level: "warn", error_type: "503" });
    await shop.within(() => call(`${target.url}/status/404`));
    expect(await callLine(shop, "/status/404")).toMatchObject({ level: "debug", error_type: "404" });
  });

  it("no answer is a warning with the reason", async () => {
    const closed = await serve(createServer());
    await closed.close();
    await expect(shop.within(() => call(`${closed.url}/gone`))).rejects.toThrow();
    const line = await callLine(shop, `${closed.url}/gone`);
    expect(line).toMatchObject({ level: "warn", error_type: "ECONNREFUSED", request_id: "r-1" });
    expect(line.exception_message).toContain("ECONNREFUSED");
    expect(line).not.toHaveProperty("http_response_status_code");
  });

  it("an answer that breaks off is a warning with the status that was sent", async () => {
    await expect(shop.within(() => call(`${target.url}/cut/1`))).rejects.toThrow();
    expect(await callLine(shop, "/cut/1")).toMatchObject({
      level: "warn",
      http_response_status_code: 200,
      error_type: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/),
    });
  });

  it("is measured, by method, host, port and status", async () => {
    await shop.within(() => call(`${target.url}/status/418`));
    await callLine(shop, "/status/418");
    const samples = (await shop.kit.metrics.registry.metrics()).split("\n");
    const count = samples.find(
      (line) => line.startsWith("http_client_request_duration_seconds_count{") && line.includes('"418"'),
    );
    expect(count).toMatch(/ 1$/);
    for (const label of [
      'http_request_method="GET"',
      'server_address="127.0.0.1"',
      `server_port="${port}"`,
      'error_type="418"',
    ])
      expect(count).toContain(label);
  });
});

describe("whose call it is", () => {
  it("of two kits in a process, the one whose request it is made for writes it down", async () => {
    const [first, second] = await Promise.all([caller({ outgoing: { propagateTo: ["*"] } }), caller({})]);
    const seen = headersOf(await first.within(() => ask(`${target.url}/one`).then(({ text: body }) => body)));
    expect(seen).toMatchObject({ "x-request-id": "r-1" });
    await callLine(first, "/one");
    expect(calls(second)).toEqual([]);
    await Promise.all([first.close(), second.close()]);
  });

  it("a kit that was closed watches no more, and Node's client is as it was", async () => {
    const before = writesHeaders();
    const shop = await caller({});
    await shop.close();
    shop.log.clear();
    await ask(`${target.url}/after`);
    await (await fetch(`${target.url}/after`)).text();
    expect(shop.log.lines).toEqual([]);
    expect(writesHeaders()).toBe(before);
  });

  it("with measuring off, ids are still carried", async () => {
    const shop = await caller({ outgoing: { measure: false, propagateTo: ["127.0.0.1"] } });
    expect(headersOf(await shop.within(async () => (await fetch(`${target.url}/ok`)).text()))).toMatchObject(
      ids,
    );
    expect(calls(shop)).toEqual([]);
    expect(await shop.kit.metrics.registry.metrics()).not.toContain(
      "http_client_request_duration_seconds_count",
    );
    await shop.close();
  });
});

describe("the odd ways of node:http", () => {
  let shop: Caller;
  beforeAll(async () => {
    shop = await caller({ outgoing: { propagateTo: ["*:80", `127.0.0.1:${port}`, "*.internal"] } });
  });
  afterAll(() => shop.close());

  it("a Host header of another name does not decide where ids may go", async () => {
    const headers = { host: "api.internal" };
    const { text: body } = await shop.within(() => ask(`http://localhost:${port}/host`, { headers }));
    expect(headersOf(body)).not.toHaveProperty("x-request-id");
    const line = await callLine(shop, "/host");
    expect(line).toMatchObject({ server_address: "localhost" });
    expect(line).not.toHaveProperty("server_port");
  });

  it("what is asked of a proxy goes to the host that its target names", async () => {
    const options = { host: "127.0.0.1", port, path: "http://api.internal/x?key=1", agent: false } as const;
    const body = await shop.within(() => answerTo(get(options)));
    expect(headersOf(body)).toMatchObject({ "x-request-id": "r-1" });
    expect(await callLine(shop, "api.internal")).toMatchObject({
      url_full: "http://api.internal/x?key=***",
      server_address: "api.internal",
      server_port: 80,
    });
  });

  it("a proxy on the list gets no ids for a target that is not", async () => {
    const options = { host: "127.0.0.1", port, path: "http://elsewhere.example:81/y", agent: false } as const;
    const body = await shop.within(() => answerTo(get(options)));
    expect(headersOf(body)).not.toHaveProperty("x-request-id");
  });

  it("headers given as an array are left alone, and the call is measured", async () => {
    const options = { host: "127.0.0.1", port, path: "/array", headers: ["Host", "x"], agent: false };
    const body = await shop.within(() => answerTo(httpRequest(options).end()));
    expect(headersOf(body)).not.toHaveProperty("x-request-id");
    expect(await callLine(shop, "/array")).toMatchObject({ http_response_status_code: 200 });
  });

  it("a streamed upload is timed from its first byte and carries the ids", async () => {
    const body = await shop.within(async () => {
      const call = httpRequest({ host: "127.0.0.1", port, path: "/upload", method: "PUT", agent: false });
      call.write("one");
      await once(call, "socket");
      return answerTo(call.end("two"));
    });
    expect(headersOf(body)).toMatchObject(ids);
    expect(await callLine(shop, "/upload")).toMatchObject({ http_request_method: "PUT" });
  });

  it("a call that is given up on purpose is no warning", async () => {
    const cancel = new AbortController();
    arrived.once("request", () => cancel.abort());
    await expect(
      shop.within(() => fetch(`${target.url}/hang/1`, { signal: cancel.signal })),
    ).rejects.toThrow();
    expect(await callLine(shop, "/hang/1")).toMatchObject({ level: "debug", error_type: "AbortError" });
  });

  it("a Unix socket is told by its path", async () => {
    const socketPath = join(mkdtempSync(join(tmpdir(), "socket-")), "s");
    const server = createTarget().listen(socketPath);
    await once(server, "listening");
    await answerTo(get({ socketPath, path: "/unix" }));
    expect(await callLine(shop, "/unix")).toMatchObject({ server_address: socketPath });
    server.closeAllConnections();
    server.close();
  });

  it("a tunnel through a proxy is no call", async () => {
    const proxy = createServer().on("connect", (_req, socket) => {
      socket.on("end", () => socket.end()).resume();
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
    });
    const { url, close } = await serve(proxy);
    const options = {
      host: "127.0.0.1",
      port: new URL(url).port,
      method: "CONNECT",
      path: "api.internal:443",
    };
    const [, tunnel] = (await once(httpRequest(options).end(), "connect")) as [IncomingMessage, Socket];
    tunnel.destroy();
    await close();
    expect(calls(shop).filter(({ http_request_method }) => http_request_method === "CONNECT")).toEqual([]);
  });
});

async function answerTo(call: ClientRequest): Promise<string> {
  const [response] = (await once(call, "response")) as [IncomingMessage];
  return text(response);
}
