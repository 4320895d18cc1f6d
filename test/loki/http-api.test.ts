import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { ask } from "../support/client.ts";
import { getJson, pushLines, type ServedStore, serveStore } from "./serve-store.ts";

const open: ServedStore[] = [];

async function store(...args: Parameters<typeof serveStore>): Promise<ServedStore> {
  const served = await serveStore(...args);
  open.push(served);
  return served;
}

afterEach(async () => {
  for (const served of open.splice(0)) await served.close();
});

const shop = { service_name: "shop", level: "info" };

describe("pushing", () => {
  it("takes Loki's JSON, plain and gzipped, and gives labels as Loki 3 does", async () => {
    const { url } = await store();
    expect((await pushLines(url, { app: "bare" }, ["WARN it is late"])).status).toBe(204);
    const body = gzipSync(
      JSON.stringify({
        streams: [{ stream: shop, values: [[`${Date.now()}000000`, "hello", { trace_id: "t1" }]] }],
      }),
    );
    const gzipped = await ask(`${url}/loki/api/v1/push`, {
      method: "POST",
      headers: { "content-type": "application/json", "content-encoding": "gzip" },
      body,
    });
    expect(gzipped.status).toBe(204);
    const { data } = await getJson(url, "/loki/api/v1/query_range", { query: '{service_name=~".+"}' });
    expect(data.result.map(({ stream }: { stream: object }) => stream)).toEqual([
      { app: "bare", detected_level: "warn", service_name: "bare" },
      { detected_level: "info", level: "info", service_name: "shop", trace_id: "t1" },
    ]);
  });

  it.each([
    ['{"streams":', 400, "the body is no JSON"],
    ['{"streams":[]}', 422, "at least one valid stream"],
    ['{"streams":[{"stream":{},"values":[["1","x"]]}]}', 400, "at least one label pair"],
    ['{"streams":[{"stream":{"a":"b"},"values":[[1,"x"]]}]}', 400, "streams[0].values[0]: the time"],
    ['{"streams":[{"stream":{"a":1},"values":[]}]}', 400, "streams[0].stream: expected an object of strings"],
    ['{"streams":[{"stream":{"a-b":"c"},"values":[]}]}', 400, '"a-b" is no name of a label'],
  ])("refuses %s", async (body, status, text) => {
    const { url } = await store();
    const headers = { "content-type": "application/json" };
    const answer = await ask(`${url}/loki/api/v1/push`, { method: "POST", headers, body });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(text);
  });

  it("refuses a body beyond the limit, also one that only grows when it is unpacked", async () => {
    const { url } = await store();
    const headers = { "content-type": "application/json" };
    const push = `${url}/loki/api/v1/push`;
    const large = await ask(push, { method: "POST", headers: { ...headers, "content-length": "999999999" } });
    expect(large.status).toBe(413);
    const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024, " "));
    const unpacked = await ask(push, {
      method: "POST",
      headers: { ...headers, "content-encoding": "gzip" },
      body: bomb,
    });
    expect(unpacked.status).toBe(413);
  });

  it("takes OTLP in JSON, with the resource's attributes as labels", async () => {
    const { url } = await store();
    const attribute = (key: string, stringValue: string): object => ({ key, value: { stringValue } });
    const body = JSON.stringify({
      resourceLogs: [
        {
          resource: { attributes: [attribute("service.name", "shop"), attribute("host.name", "h1")] },
          scopeLogs: [
            {
              scope: { name: "lib", version: "2" },
              logRecords: [
                {
                  timeUnixNano: `${Date.now()}000000`,
                  severityNumber: 17,
                  body: { stringValue: "boom" },
                  attributes: [attribute("order.id", "7")],
                  traceId: "0102",
                },
              ],
            },
          ],
        },
      ],
    });
    const headers = { "content-type": "application/json" };
    expect((await ask(`${url}/otlp/v1/logs`, { method: "POST", headers, body })).status).toBe(204);
    const { data } = await getJson(
      url,
      "/loki/api/v1/query_range",
      { query: '{service_name="shop"}' },
      { "x-loki-response-encoding-flags": "categorize-labels" },
    );
    expect(data.encodingFlags).toEqual(["categorize-labels"]);
    expect(data.result[0].stream).toEqual({ service_name: "shop" });
    expect(data.result[0].values[0].slice(1)).toEqual([
      "boom",
      {
        structuredMetadata: {
          detected_level: "error",
          host_name: "h1",
          order_id: "7",
          scope_name: "lib",
          scope_version: "2",
          severity_number: "17",
          trace_id: "0102",
        },
      },
    ]);
  });
});

describe("asking", () => {
  it("tells stream labels, structured metadata and parsed labels apart where it is asked to", async () => {
    const { url } = await store();
    await pushLines(url, shop, ['{"level":"info","n":1}']);
    const { data } = await getJson(
      url,
      "/loki/api/v1/query_range",
      { query: '{service_name="shop"} | json' },
      { "x-loki-response-encoding-flags": "categorize-labels" },
    );
    expect(data.result[0].stream).toEqual(shop);
    expect(data.result[0].values[0][2]).toEqual({
      structuredMetadata: { detected_level: "info" },
      parsed: { level_extracted: "info", n: "1" },
    });
  });

  it.each([
    ["/loki/api/v1/query", { query: '{a="b"}' }, "log queries are not supported as an instant query type"],
    ["/loki/api/v1/query", { query: "{a=" }, "parse error at line 1, col 4"],
    ["/loki/api/v1/query", {}, "parse error : syntax error: unexpected $end"],
    ["/loki/api/v1/query", { query: "vector(1)", time: "abc" }, 'strconv.ParseInt: parsing "abc"'],
    ["/loki/api/v1/query_range", { query: '{a="b"}', limit: "x" }, 'strconv.Atoi: parsing "x"'],
    ["/loki/api/v1/query_range", { query: '{a="b"}', limit: "6000" }, "(6000 > 5000)"],
    ["/loki/api/v1/query_range", { query: '{a="b"}', direction: "up" }, "invalid direction 'up'"],
    [
      "/loki/api/v1/query_range",
      { query: "vector(1)", step: "abc" },
      'cannot parse "abc" to a valid duration',
    ],
    [
      "/loki/api/v1/query_range",
      { query: '{a="b"}', start: "20", end: "10" },
      "end timestamp must not be before",
    ],
    ["/loki/api/v1/index/stats", {}, "unexpected $end"],
  ])("answers %s %j with 400 in plain text", async (path, parameters, text) => {
    const { url } = await store();
    const answer = await ask(`${url}${path}?${new URLSearchParams(parameters as Record<string, string>)}`);
    expect(answer.status).toBe(400);
    expect(answer.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(answer.text).toContain(text);
  });

  it("has one form for unknown paths and wrong methods", async () => {
    const { url } = await store();
    expect(await ask(`${url}/nope`)).toMatchObject({ status: 404, text: "404 page not found\n" });
    expect((await ask(`${url}/loki/api/v1/push`)).status).toBe(405);
    expect((await ask(`${url}/ready`)).text).toBe("ready\n");
  });
});

describe("a page from elsewhere", () => {
  it("is refused by the Host it asks for, and by its Origin", async () => {
    const { url } = await store();
    const rebound = await ask(`${url}/loki/api/v1/labels`, { headers: { host: "evil.example:80" } });
    expect(rebound).toMatchObject({ status: 403 });
    expect(rebound.text).toContain("allowed are localhost, 127.0.0.1, [::1]");
    const foreign = await ask(`${url}/loki/api/v1/push`, {
      method: "POST",
      headers: { origin: "https://evil.example" },
      body: "{}",
    });
    expect(foreign.status).toBe(403);
    expect(foreign.headers["access-control-allow-origin"]).toBeUndefined();
    const socket = new WebSocket(`${url.replace("http", "ws")}/loki/api/v1/tail?query={a="b"}`, {
      origin: "https://evil.example",
    });
    const [, response] = await once(socket, "unexpected-response");
    expect(response.statusCode).toBe(403);
  });
});

describe("following a query", () => {
  async function follow(url: string, query: string): Promise<{ socket: WebSocket; lines: string[] }> {
    const socket = new WebSocket(
      `${url.replace("http", "ws")}/loki/api/v1/tail?${new URLSearchParams({ query })}`,
    );
    const lines: string[] = [];
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data)) as { streams: { values: [string, string][] }[] };
      for (const { values } of frame.streams) for (const [, line] of values) lines.push(line);
    });
    await once(socket, "open");
    return { socket, lines };
  }

  it("sends what is there, then every line as it comes", async () => {
    const { url } = await store();
    await pushLines(url, shop, ["one", "two"]);
    const { socket, lines } = await follow(url, '{service_name="shop"} != "secret"');
    while (lines.length < 2) await once(socket, "message");
    await pushLines(url, shop, ["three", "secret", "four"], Date.now());
    while (lines.length < 4) await once(socket, "message");
    expect(lines).toEqual(["one", "two", "three", "four"]);
    socket.close();
    await once(socket, "close");
  });

  it.each(["{a=", 'rate({a="b"}[1m])'])("refuses %s before the upgrade", async (query) => {
    const { url } = await store();
    const socket = new WebSocket(
      `${url.replace("http", "ws")}/loki/api/v1/tail?${new URLSearchParams({ query })}`,
    );
    const [, response] = await once(socket, "unexpected-response");
    expect(response.statusCode).toBe(400);
  });
});
