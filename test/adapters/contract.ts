import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTaffrail, type LogLine, type Taffrail, type TaffrailOptions } from "../../src/index.ts";
import { type CapturedLog, captureLog } from "../../src/testing/index.ts";
import { ask, open, rawConnection, sendRaw } from "../support/client.ts";
import { until } from "../support/poll.ts";
import { matchesSchema } from "../support/schema.ts";
import type { AdapterHarness, RunningApp } from "./harness.ts";

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/** The suite that every adapter passes, against its real framework on a real socket. */
export function contractSuite(harness: AdapterHarness): void {
  describe(`${harness.name} meets the contract`, () => {
    const { log, app, kit } = serving(harness, { http: { skip: ["/skipped/*"] } });
    let count = 0;

    /** Ask under a request id of its own and answer the completion line. */
    async function complete(path: string, options: Parameters<typeof ask>[1] = {}): Promise<LogLine> {
      const id = `r-${harness.name.replaceAll(" ", "-")}-${count++}`;
      await ask(app().url + path, { ...options, headers: { "x-request-id": id, ...options.headers } });
      return completion(id);
    }
    const completion = (id: string): Promise<LogLine> =>
      log.waitFor((line) => line.request_id === id && line.event_name === "http.server.request");
    const linesOf = (id: string): LogLine[] => log.lines.filter((line) => line.request_id === id);

    function behaves(name: string, test: () => Promise<void>): void {
      const reason = harness.cannot?.[name];
      it.skipIf(reason !== undefined)(reason === undefined ? name : `${name} (cannot: ${reason})`, test);
    }

    describe("completion line", () => {
      behaves("a request leaves one line that meets the schema", async () => {
        const line = await complete("/ok?page=7", { headers: { "user-agent": "suite/1.0" } });
        expect(matchesSchema(line)).toEqual([]);
        expect(line).toMatchObject({
          level: "info",
          service_name: "contract",
          event_name: "http.server.request",
          http_request_method: "GET",
          http_route: "/ok",
          url_path: "/ok",
          url_query: "page=***",
          http_response_status_code: 200,
          client_address: "127.0.0.1",
          user_agent_original: "suite/1.0",
          network_protocol_version: "1.1",
          outcome: "ok",
          msg: "GET /ok 200",
        });
        expect(line.duration_ms).toBeGreaterThan(0);
        expect(line).not.toHaveProperty("error_type");
        await complete("/ok");
        expect(linesOf(String(line.request_id))).toHaveLength(1);
      });

      behaves("the whole line, but for what no two runs share", async () => {
        const line = await complete("/api/acme/orders/7?page=7", {
          headers: { "user-agent": "suite/1.0", traceparent },
        });
        const varying = [
          "time",
          "service_version",
          "service_instance_id",
          "duration_ms",
          "request_id",
        ] as const;
        for (const name of varying) expect(line[name], name).toBeDefined();
        expect({ ...line, ...Object.fromEntries(varying.map((name) => [name, "…"])) }).toMatchSnapshot();
      });

      behaves("the sizes of both bodies are told where they were declared", async () => {
        const body = JSON.stringify({ text: "twelve bytes" });
        const line = await complete("/echo", { method: "POST", body, headers: json(body) });
        expect(line).toMatchObject({
          http_request_body_size: body.length,
          http_response_body_size: body.length,
        });
      });

      behaves("a 4xx is a warning and no error of the server", async () => {
        const line = await complete("/status/418");
        expect(line).toMatchObject({
          level: "warn",
          outcome: "client_error",
          http_response_status_code: 418,
        });
        expect(line).not.toHaveProperty("error_type");
      });

      behaves("a 5xx is an error, named by its status where nothing was thrown", async () => {
        const line = await complete("/status/503");
        expect(line).toMatchObject({ level: "error", outcome: "server_error", error_type: "503" });
        expect(line).not.toHaveProperty("exception_type");
      });

      behaves("a redirect is ok", async () => {
        expect(await complete("/redirect")).toMatchObject({
          outcome: "ok",
          http_response_status_code: 302,
          level: "info",
        });
      });

      behaves("HEAD is told as HEAD", async () => {
        expect(await complete("/ok", { method: "HEAD" })).toMatchObject({
          http_request_method: "HEAD",
          outcome: "ok",
        });
      });

      behaves("a method of no standard is _OTHER, with the original beside it", async () => {
        const line = await complete("/ok", { method: "PROPFIND" });
        expect(line).toMatchObject({
          http_request_method: "_OTHER",
          http_request_method_original: "PROPFIND",
        });
      });

      behaves("a 304 is ok and keeps its route", async () => {
        const { headers } = await ask(`${app().url}/ok`);
        if (headers.etag === undefined) return expect(headers).not.toHaveProperty("etag");
        const line = await complete("/ok", { headers: { "if-none-match": headers.etag } });
        expect(line).toMatchObject({ http_response_status_code: 304, outcome: "ok", http_route: "/ok" });
      });

      behaves("a client that leaves before the headers is aborted, with no status", async () => {
        const line = await leave("/hang", "hang");
        expect(line).toMatchObject({ level: "warn", outcome: "aborted", error_type: "client_aborted" });
        expect(line).not.toHaveProperty("http_response_status_code");
        expect(line.msg).toBe("GET /hang aborted");
      });

      behaves("a client that leaves in mid-body is aborted, with the status that was sent", async () => {
        const id = "mid-body";
        const response = await open(`${app().url}/stream-forever`, { headers: { "x-request-id": id } });
        response.destroy();
        expect(await completion(id)).toMatchObject({ outcome: "aborted", http_response_status_code: 200 });
      });

      behaves(
        "a response that the service itself breaks off is the service's error, in mid-body and before",
        async () => {
          const body = await brokenOff("/break-off", "broken-1");
          expect(body).toMatchObject({
            level: "error",
            outcome: "server_error",
            http_response_status_code: 200,
          });
          expect(body).toMatchObject({
            exception_message: "card declined by issuer",
            error_type: "PaymentError",
          });
          const head = await brokenOff("/break-off?early", "broken-2");
          expect(head).toMatchObject({
            outcome: "server_error",
            exception_message: "card declined by issuer",
          });
          expect(head).not.toHaveProperty("http_response_status_code");
        },
      );

      behaves("what fails because the client left is the client's doing", async () => {
        const bytes =
          "POST /echo HTTP/1.1\r\nHost: a\r\nX-Request-Id: half\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{";
        const before = kit().http.active.size;
        const socket = await rawConnection(app().url, bytes);
        await until(
          () => kit().http.active.size,
          (size) => size > before,
        );
        socket.destroy();
        expect(await completion("half")).toMatchObject({ outcome: "aborted", level: "warn" });
      });

      behaves("a stream is timed to its end", async () => {
        const line = await complete("/stream");
        expect(line.duration_ms).toBeGreaterThan(85);
        expect(line).toMatchObject({ outcome: "ok", http_response_status_code: 200 });
      });

      behaves("an event stream leaves a line when it ends", async () => {
        expect(await complete("/sse")).toMatchObject({ outcome: "ok", http_route: "/sse" });
      });

      behaves("a quiet path is not written at info", async () => {
        await ask(`${app().url}/healthz`, { headers: { "x-request-id": "quiet" } });
        await complete("/ok");
        expect(linesOf("quiet")).toEqual([]);
      });

      behaves("a skipped path leaves no line and no series", async () => {
        await ask(`${app().url}/skipped/1`, { headers: { "x-request-id": "skipped" } });
        await complete("/ok");
        expect(linesOf("skipped")).toEqual([]);
        expect(await kit().metrics.registry.metrics()).not.toContain("/skipped");
      });

      behaves("mounted twice, it logs and counts once", async () => {
        const line = await complete("/twice/ok");
        await complete("/ok");
        expect(linesOf(String(line.request_id))).toHaveLength(1);
        expect(await series("http_server_request_duration_seconds_count{", 'http_route="/twice/ok"')).toEqual(
          [1],
        );
      });

      behaves("two requests on one connection are two exchanges", async () => {
        const request = (id: string, more: string): string =>
          `GET /ok HTTP/1.1\r\nHost: a\r\nX-Request-Id: ${id}\r\n${more}\r\n`;
        await sendRaw(app().url, request("first", "") + request("second", "Connection: close\r\n"));
        expect((await completion("first")).outcome).toBe("ok");
        expect((await completion("second")).outcome).toBe("ok");
      });

      behaves(
        "a pipelined request whose client leaves before its turn is aborted, and nothing is left behind",
        async () => {
          const request = (path: string, id: string): string =>
            `GET ${path} HTTP/1.1\r\nHost: a\r\nX-Request-Id: ${id}\r\n\r\n`;
          const socket = await rawConnection(
            app().url,
            request("/hang", "turn-1") + request("/ok", "turn-2"),
          );
          await until(
            () => kit().http.active.size,
            (size) => size >= 2,
          );
          socket.destroy();
          for (const id of ["turn-1", "turn-2"]) {
            const line = await completion(id);
            expect(line).toMatchObject({ outcome: "aborted", level: "warn" });
            expect(line).not.toHaveProperty("http_response_status_code");
          }
          await until(
            () => kit().http.active.size,
            (size) => size === 0,
          );
        },
      );

      behaves("a large answer that the client does not stay for is aborted", async () => {
        const response = await open(`${app().url}/large`, { headers: { "x-request-id": "large" } });
        response.once("data", () => response.destroy());
        expect(await completion("large")).toMatchObject({
          outcome: "aborted",
          http_response_status_code: 200,
        });
      });

      behaves("the status is what was sent, whatever it was set to afterwards", async () => {
        expect(await complete("/late-status")).toMatchObject({
          http_response_status_code: 200,
          outcome: "ok",
        });
      });

      behaves("bytes that are no HTTP are refused, counted and logged", async () => {
        expect(await sendRaw(app().url, "NOT HTTP AT ALL\r\n\r\n")).toContain("400 Bad Request");
        const line = await log.waitFor((candidate) => candidate.event_name === "http.server.client_error");
        expect(line).toMatchObject({
          level: "warn",
          http_response_status_code: 400,
          client_address: "127.0.0.1",
        });
        expect(line.error_type).toMatch(/^HPE_/);
        expect(await series("http_server_client_errors_total{", "HPE_")).not.toEqual([]);
      });
    });

    describe("route template", () => {
      behaves("a parameter shows as its name", async () => {
        expect(await complete("/status/204")).toMatchObject({
          http_route: "/status/:code",
          url_path: "/status/204",
        });
      });

      behaves("nested routers give one template, parameters in mount paths included", async () => {
        const line = await complete("/api/acme/orders/7");
        expect(line).toMatchObject({ http_route: "/api/:tenant/orders/:id", url_path: "/api/acme/orders/7" });
      });

      behaves("the template of a router's root is its mount path", async () => {
        expect(await complete("/api/acme")).toMatchObject({ http_route: "/api/:tenant" });
      });

      behaves("what a client chooses in a mount path never reaches the template", async () => {
        const odd = ["a%2Fb", "%C3%A9t%C3%A9", "orders", "api", "7", "a", "A.B-C~d"];
        const lines = await Promise.all(odd.map((tenant) => complete(`/api/${tenant}/orders/7`)));
        expect(new Set(lines.map((line) => line.http_route))).toEqual(new Set(["/api/:tenant/orders/:id"]));
      });

      behaves("an error keeps the route it came from, and two routers don't merge", async () => {
        const [api, other] = await Promise.all([
          complete("/api/acme/orders/7/fail"),
          complete("/other/acme/orders/7/fail"),
        ]);
        expect(api.http_route).toBe("/api/:tenant/orders/:id/fail");
        expect(other.http_route).toBe("/other/:shop/orders/:id/fail");
      });

      behaves("a path that matches nothing has no route", async () => {
        const line = await complete("/no/such/path");
        expect(line).toMatchObject({
          http_response_status_code: 404,
          outcome: "client_error",
          url_path: "/no/such/path",
        });
        expect(line).not.toHaveProperty("http_route");
      });

      behaves("random paths that match nothing share one series", async () => {
        const before = await seriesCount();
        await complete("/random/first");
        const first = await seriesCount();
        for (let at = 0; at < 200; at++) await ask(`${app().url}/random/${Math.random()}`);
        await complete("/random/last");
        expect(await seriesCount()).toBe(first);
        expect(first).toBeGreaterThanOrEqual(before);
      });
    });

    describe("errors", () => {
      behaves("the error that was thrown is on the line, with its causes", async () => {
        const line = await complete("/throw");
        expect(line).toMatchObject({
          level: "error",
          outcome: "server_error",
          http_response_status_code: 500,
          error_type: "PaymentError",
          exception_type: "PaymentError",
          exception_message: "card declined by issuer",
          exception_causes: [{ exception_type: "Error", exception_message: "ECONNRESET" }],
        });
        expect(line.exception_stacktrace).toContain("paymentError");
      });

      behaves("a rejection is told like a throw", async () => {
        expect(await complete("/reject")).toMatchObject({
          exception_type: "PaymentError",
          outcome: "server_error",
        });
      });

      behaves("what is thrown need not be an error", async () => {
        const line = await complete("/throw-text");
        expect(line).toMatchObject({
          exception_type: "string",
          exception_message: "just text",
          error_type: "string",
        });
      });

      behaves("an AggregateError keeps its errors", async () => {
        const line = await complete("/throw-many");
        expect(line.exception_causes).toEqual([
          { exception_type: "TypeError", exception_message: "first" },
          { exception_type: "RangeError", exception_message: "second" },
        ]);
      });

      behaves("an error that is answered with 404 is the client's", async () => {
        const line = await complete("/throw-404");
        expect(line).toMatchObject({
          outcome: "client_error",
          level: "warn",
          exception_message: "no such order",
        });
        expect(line).not.toHaveProperty("error_type");
      });
    });

    describe("context", () => {
      const messages = (id: string): string[] => linesOf(id).map((line) => line.msg);

      behaves("lines carry the request's ids: at once, after a timer, in finish and in close", async () => {
        const line = await complete("/log", { headers: { traceparent } });
        const id = String(line.request_id);
        await until(
          () => messages(id),
          (seen) => seen.includes("in close"),
        );
        expect(messages(id)).toEqual(
          expect.arrayContaining(["at once", "after a timer", "in finish", "in close"]),
        );
        expect(new Set(linesOf(id).map(({ trace_id }) => trace_id))).toEqual(
          new Set([traceparent.split("-")[1]]),
        );
      });

      behaves("lines carry them after a body was parsed", async () => {
        const body = JSON.stringify({ a: 1 });
        const line = await complete("/echo", { method: "POST", body, headers: json(body) });
        expect(messages(String(line.request_id))).toContain("after the body");
      });

      behaves("lines carry them after an upload was read", async () => {
        const body =
          '--x\r\nContent-Disposition: form-data; name="f"; filename="f.txt"\r\n\r\nhello\r\n--x--\r\n';
        const headers = {
          "content-type": "multipart/form-data; boundary=x",
          "content-length": String(body.length),
        };
        const line = await complete("/upload", { method: "POST", body, headers });
        expect(messages(String(line.request_id))).toContain("after the upload");
      });

      behaves("lines carry them in the close of an abort", async () => {
        await leave("/log-on-abort", "abort");
        await until(
          () => messages("abort"),
          (seen) => seen.includes("in close of an abort"),
        );
      });

      behaves("concurrent requests don't mix", async () => {
        const ids = Array.from({ length: 50 }, (_, at) => `mixed-${at}`);
        await Promise.all(
          ids.map((id) => ask(`${app().url}/fields/${id}`, { headers: { "x-request-id": id } })),
        );
        await Promise.all(ids.map(completion));
        for (const id of ids) {
          const lines = linesOf(id);
          expect(lines.map(({ msg }) => msg).slice(0, 2)).toEqual(["before the fields", "after the fields"]);
          expect(lines.slice(1).map(({ user_id }) => user_id)).toEqual([id, id]);
        }
      });

      behaves("fields go onto the completion line and later lines, and can't forge ids", async () => {
        const line = await complete("/fields/u1");
        const [before, after] = linesOf(String(line.request_id));
        expect(before).not.toHaveProperty("user_id");
        expect(after).toMatchObject({ user_id: "u1", step: 2, user_request_id: "forged" });
        expect(line).toMatchObject({ user_id: "u1", user_request_id: "forged" });
      });

      behaves("a line outside of requests carries no ids", async () => {
        kit().log.info("outside");
        const line = await log.waitFor(({ msg }) => msg === "outside");
        expect(line).not.toHaveProperty("request_id");
      });

      behaves("ids are handed on to other services", async () => {
        const headers = { "x-request-id": "handed-on", traceparent, tracestate: "vendor=1" };
        const { text } = await ask(`${app().url}/propagate`, { headers });
        expect(JSON.parse(text)).toEqual(headers);
      });
    });

    describe("request id", () => {
      behaves("a well-formed id is taken over and answered", async () => {
        const id = "abc.DEF:1=+/-_9";
        const { headers } = await ask(`${app().url}/ok`, { headers: { "x-request-id": id } });
        expect(headers["x-request-id"]).toBe(id);
        await completion(id);
      });

      const malformed = {
        long: "a".repeat(129),
        json: '{"a":1}',
        spaced: "a b",
        latin1: "caf\u00e9",
        markup: "<b>",
        doubled: ["a", "b"],
      };
      for (const [kind, sent] of Object.entries(malformed)) {
        behaves(`a malformed id is replaced: ${kind}`, async () => {
          const { headers } = await ask(`${app().url}/ok`, { headers: { "x-request-id": sent } });
          expect(headers["x-request-id"]).toMatch(uuidV7);
        });
      }

      behaves("generated ids are all different", async () => {
        const answers = await Promise.all(Array.from({ length: 100 }, () => ask(`${app().url}/ok`)));
        expect(new Set(answers.map(({ headers }) => headers["x-request-id"])).size).toBe(100);
      });

      behaves("every kind of answer carries the id", async () => {
        for (const path of ["/no/such", "/throw", "/redirect", "/stream", "/sse"]) {
          const { headers } = await ask(app().url + path);
          expect(headers["x-request-id"], path).toMatch(uuidV7);
        }
      });
    });

    describe("trace context", () => {
      behaves("a traceparent gives the line its trace and span", async () => {
        const line = await complete("/ok", { headers: { traceparent } });
        expect(line).toMatchObject({
          trace_id: traceparent.split("-")[1],
          span_id: traceparent.split("-")[2],
        });
      });

      behaves("a malformed traceparent is as good as none, and goes no further", async () => {
        for (const bad of [
          "rubbish",
          traceparent.replace("00-", "ff-"),
          `${traceparent}-more`,
          traceparent.toUpperCase(),
          traceparent.replace(/[1-9a-f]/g, "0"),
        ]) {
          expect(await complete("/ok", { headers: { traceparent: bad } })).not.toHaveProperty("trace_id");
          const { text } = await ask(`${app().url}/propagate`, { headers: { traceparent: bad } });
          expect(text).not.toContain("traceparent");
        }
      });
    });

    describe("metrics", () => {
      behaves("a request is observed once, by method, route and status", async () => {
        await complete("/status/207");
        const labels = ['http_route="/status/:code"', 'http_response_status_code="207"'];
        expect(await series("http_server_request_duration_seconds_count{", ...labels)).toEqual([1]);
      });

      behaves("a failure is labelled with its error's class", async () => {
        await complete("/throw");
        const [count = 0] = await series(
          "http_server_request_duration_seconds_count{",
          'error_type="PaymentError"',
          'http_route="/throw"',
        );
        expect(count).toBeGreaterThan(0);
      });

      behaves("an event stream is no latency", async () => {
        await complete("/sse");
        const counts = await series("http_server_request_duration_seconds_count{", 'http_route="/sse"');
        expect(counts.filter((count) => count > 0)).toEqual([]);
      });

      behaves("the gauge of active requests rises and falls back, aborts included", async () => {
        const socket = await rawConnection(
          app().url,
          "GET /hang HTTP/1.1\r\nHost: a\r\nX-Request-Id: gauge\r\n\r\n",
        );
        const active = (): Promise<number[]> =>
          series("http_server_active_requests{", 'http_request_method="GET"');
        await until(active, ([value = 0]) => value >= 1);
        socket.destroy();
        await completion("gauge");
        await until(active, ([value]) => value === 0);
      });

      behaves("the application's own port has no metrics", async () => {
        expect((await ask(`${app().url}/metrics`)).status).toBe(404);
      });

      behaves("log messages are counted by level", async () => {
        await complete("/ok");
        const [count = 0] = await series("log_messages_total{", 'level="info"');
        expect(count).toBeGreaterThan(0);
      });
    });

    async function brokenOff(path: string, id: string): Promise<LogLine> {
      await ask(app().url + path, { headers: { "x-request-id": id } }).catch(() => undefined);
      return completion(id);
    }

    async function leave(path: string, id: string): Promise<LogLine> {
      const before = kit().http.active.size;
      const socket = await rawConnection(
        app().url,
        `GET ${path} HTTP/1.1\r\nHost: a\r\nX-Request-Id: ${id}\r\n\r\n`,
      );
      await until(
        () => kit().http.active.size,
        (size) => size > before,
      );
      socket.destroy();
      return completion(id);
    }

    async function series(start: string, ...labels: string[]): Promise<number[]> {
      const text = await kit().metrics.registry.metrics();
      const lines = text
        .split("\n")
        .filter((line) => line.startsWith(start) && labels.every((label) => line.includes(label)));
      return lines.map((line) => Number(line.slice(line.lastIndexOf(" ") + 1)));
    }

    async function seriesCount(): Promise<number> {
      const text = await kit().metrics.registry.metrics();
      return text.split("\n").filter((line) => line.startsWith("http_server")).length;
    }
  });

  describe(`${harness.name} obeys its options`, () => {
    const { log, app } = serving(harness, {
      http: {
        trustRequestId: false,
        requestIdHeader: "X-Correlation-Id",
        slowRequestMs: 40,
        level({ route, status }) {
          if (route === "/redirect") throw new Error("a level function that throws");
          return status === 418 ? "trace" : status === 207 ? "fatal" : undefined;
        },
      },
      redact: { queryAllow: ["page"], keys: ["shoe-size"] },
    });

    it("an id that is not trusted is replaced, in the header that was asked for", async () => {
      const { headers } = await ask(`${app().url}/ok`, {
        headers: { "x-correlation-id": "mine", "x-request-id": "mine" },
      });
      expect(headers["x-correlation-id"]).toMatch(uuidV7);
      expect(headers).not.toHaveProperty("x-request-id");
    });

    it("a request that runs too long is reported while it runs, once", async () => {
      const socket = await rawConnection(app().url, "GET /hang HTTP/1.1\r\nHost: a\r\n\r\n");
      const isSlow = ({ event_name, url_path }: LogLine): boolean =>
        event_name === "http.server.request.slow" && url_path === "/hang";
      const slow = await log.waitFor(isSlow);
      expect(slow).toMatchObject({ level: "warn", http_request_method: "GET" });
      expect(slow.duration_ms).toBeGreaterThanOrEqual(40);
      socket.destroy();
      const end = await log.waitFor((line) => line.outcome === "aborted");
      expect(end.request_id).toBe(slow.request_id);
      expect(log.lines.filter(isSlow)).toHaveLength(1);
    });

    it("a level function decides, and one that throws costs nothing", async () => {
      await ask(`${app().url}/status/418`);
      await ask(`${app().url}/status/207`);
      await ask(`${app().url}/redirect`);
      await log.waitFor((line) => line.http_route === "/redirect" && line.level === "info");
      expect(log.lines.some((line) => line.http_response_status_code === 207 && line.level === "fatal")).toBe(
        true,
      );
      expect(log.lines.some((line) => line.http_response_status_code === 418)).toBe(false);
    });

    it("query values are masked but for those allowed", async () => {
      await ask(`${app().url}/ok?page=2&token=hunter2&bare`);
      const line = await log.waitFor(({ url_query }) => url_query !== undefined);
      expect(line.url_query).toBe("page=2&token=***&***");
    });
  });
}

interface Serving {
  readonly log: CapturedLog;
  readonly app: () => RunningApp;
  readonly kit: () => Taffrail;
}

/** Serve the harness's application for as long as a describe block lasts. */
function serving(harness: AdapterHarness, options: TaffrailOptions): Serving {
  const log = captureLog();
  let running: { readonly kit: Taffrail; readonly app: RunningApp } | undefined;
  const now = (): NonNullable<typeof running> => {
    if (running === undefined) throw new Error("the application does not run yet");
    return running;
  };
  beforeAll(async () => {
    const kit = createTaffrail({
      preset: "test",
      serviceName: "contract",
      log: { destination: log.destination },
      ...options,
    });
    running = { kit, app: await harness.start(kit) };
  });
  afterAll(async () => {
    await now().app.close();
    await now().kit.close();
  });
  return { log, app: () => now().app, kit: () => now().kit };
}

function json(body: string): Record<string, string> {
  return { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
}
