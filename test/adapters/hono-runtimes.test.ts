import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LogLine } from "../../src/index.ts";
import { Child } from "../support/child.ts";
import { type Ask, ask, open, rawConnection } from "../support/client.ts";
import { until } from "../support/poll.ts";
import { bun, deno } from "../support/runtimes.ts";
import { matchesSchema } from "../support/schema.ts";

const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

// The built package on the real runtimes, over a real socket; what has no Node response under it.
describe.each([
  ["bun", bun],
  ["deno", deno],
] as const)("hono 4 on %s", (name, runtime) => {
  let child: Child;
  let url: string;
  let opsUrl: string;
  let count = 0;

  beforeAll(async () => {
    child = new Child("hono-runtime.mjs", {}, { runtime });
    const listening = await child.line(({ msg }) => msg === "listening");
    url = `http://127.0.0.1:${listening["port"]}`;
    const ops = await child.line(({ event_name }) => event_name === "ops.listen");
    opsUrl = `http://127.0.0.1:${ops.server_port}`;
  });
  afterAll(() => child.kill("SIGKILL"));

  const nextId = (): string => `r-${name}-${count++}`;
  const completion = (id: string): Promise<LogLine> =>
    child.line((line) => line.request_id === id && line.event_name === "http.server.request");
  const linesOf = (id: string): LogLine[] => child.lines.filter(({ request_id }) => request_id === id);
  async function complete(path: string, options: Ask = {}): Promise<LogLine> {
    const id = nextId();
    await ask(url + path, { ...options, headers: { "x-request-id": id, ...options.headers } }).catch(
      () => undefined,
    );
    return completion(id);
  }

  it("a request leaves one line that meets the schema", async () => {
    const line = await complete("/api/acme/orders/7?token=hunter2", {
      headers: { "user-agent": "suite/1.0", traceparent },
    });
    expect(matchesSchema(line)).toEqual([]);
    const varying = ["time", "service_version", "service_instance_id", "duration_ms", "request_id"] as const;
    for (const field of varying) expect(line[field], field).toBeDefined();
    expect({ ...line, ...Object.fromEntries(varying.map((field) => [field, "…"])) }).toMatchSnapshot();
    expect(linesOf(String(line.request_id))).toHaveLength(1);
  });

  it("an answer keeps its length, its headers and what it says, and carries the id", async () => {
    const { headers, text } = await ask(`${url}/foreign`);
    expect(text).toBe("made by hand");
    expect(headers).toMatchObject({ "content-length": "12", "x-own": "kept" });
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect((await ask(`${url}/ok`, { method: "HEAD" })).status).toBe(200);
    expect((await ask(`${url}/empty`)).status).toBe(204);
  });

  it("HEAD and an answer without a body have their line", async () => {
    expect(await complete("/ok", { method: "HEAD" })).toMatchObject({
      http_request_method: "HEAD",
      outcome: "ok",
    });
    expect(await complete("/empty")).toMatchObject({ http_response_status_code: 204, outcome: "ok" });
  });

  it("a stream is timed to its end, and its lines carry the ids", async () => {
    const line = await complete("/stream");
    expect(line).toMatchObject({ outcome: "ok", http_response_status_code: 200 });
    expect(line.duration_ms).toBeGreaterThan(85);
    expect(linesOf(String(line.request_id)).filter(({ msg }) => msg === "a part")).toHaveLength(4);
  });

  it("a client that leaves before the headers is aborted, with no status", async () => {
    const id = nextId();
    const socket = await rawConnection(url, `GET /hang HTTP/1.1\r\nHost: a\r\nX-Request-Id: ${id}\r\n\r\n`);
    await until(activeRequests, (active) => active > 0);
    socket.destroy();
    const line = await completion(id);
    expect(line).toMatchObject({ level: "warn", outcome: "aborted", error_type: "client_aborted" });
    expect(line).not.toHaveProperty("http_response_status_code");
  });

  it("a client that leaves in mid-body is aborted, with the status that was sent", async () => {
    const id = nextId();
    const response = await open(`${url}/forever`, { headers: { "x-request-id": id } });
    response.once("data", () => response.destroy());
    expect(await completion(id)).toMatchObject({ outcome: "aborted", http_response_status_code: 200 });
  });

  it("a body that breaks is the service's error", async () => {
    expect(await complete("/break-off")).toMatchObject({
      level: "error",
      outcome: "server_error",
      error_type: "RangeError",
      exception_message: "broken off",
      http_response_status_code: 200,
    });
  });

  it("the error that was thrown is on the line, with its causes; it need not be an error", async () => {
    expect(await complete("/throw")).toMatchObject({
      http_response_status_code: 500,
      exception_message: "no such luck",
      exception_causes: [{ exception_type: "TypeError", exception_message: "a reason" }],
    });
    expect(await complete("/throw-text")).toMatchObject({
      level: "error",
      outcome: "server_error",
      exception_message: "just text",
    });
  });

  it("a path that matches nothing has no route", async () => {
    const line = await complete("/no/such/path");
    expect(line).toMatchObject({ http_response_status_code: 404, url_path: "/no/such/path" });
    expect(line).not.toHaveProperty("http_route");
  });

  it("mounted twice, it logs once; a skipped path leaves no line", async () => {
    const line = await complete("/twice/ok");
    await ask(`${url}/skipped`, { headers: { "x-request-id": "skipped" } });
    await complete("/ok");
    expect(linesOf(String(line.request_id))).toHaveLength(1);
    expect(linesOf("skipped")).toEqual([]);
  });

  it("lines carry the ids after a body was parsed, and concurrent requests don't mix", async () => {
    const body = '{"a":1}';
    const line = await complete("/echo", { method: "POST", body, headers: { "content-length": "7" } });
    expect(line).toMatchObject({ http_request_body_size: 7, http_response_body_size: 7 });
    expect(linesOf(String(line.request_id)).map(({ msg }) => msg)).toContain("after the body");
    const ids = Array.from({ length: 50 }, (_, at) => `mixed-${at}`);
    await Promise.all(ids.map((id) => ask(`${url}/fields/${id}`, { headers: { "x-request-id": id } })));
    await Promise.all(ids.map(completion));
    for (const id of ids) expect(linesOf(id).map(({ user_id }) => user_id)).toEqual([id, id]);
  });

  it("ids are handed on to other services, and odd ones replaced", async () => {
    const headers = { "x-request-id": "handed-on", traceparent };
    expect(JSON.parse((await ask(`${url}/fields/a`, { headers })).text)).toEqual(headers);
    const odd = await ask(`${url}/ok`, { headers: { "x-request-id": "a b" } });
    expect(odd.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("requests are counted on the operations server", async () => {
    const metrics = (await ask(`${opsUrl}/metrics`)).text;
    expect(metrics).toMatch(
      /http_server_request_duration_seconds_count\{[^}]*http_route="\/api\/:tenant\/orders\/:id"[^}]*\} 1\n/,
    );
    await until(activeRequests, (active) => active === 0);
  });

  it("stops in good order, and every line it ever wrote meets the schema", async () => {
    child.kill("SIGTERM");
    expect(await child.ended).toEqual({ code: 0, signal: null });
    expect(child.lines.at(-1)).toMatchObject({ event_name: "process.stop", process_signal: "SIGTERM" });
    expect(child.lines.flatMap((line) => matchesSchema(line))).toEqual([]);
  });

  async function activeRequests(): Promise<number> {
    const { text } = await ask(`${opsUrl}/metrics`);
    const lines = text.split("\n").filter((line) => line.startsWith("http_server_active_requests{"));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
  }
});
