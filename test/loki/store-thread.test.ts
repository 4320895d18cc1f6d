import { once } from "node:events";
import pinoLoki from "pino-loki";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { LogServer } from "../../src/loki/server/log-server.ts";
import { until } from "../support/poll.ts";
import { getJson, pushLines } from "./serve-store.ts";

// The built package: a thread can't run TypeScript.
const built = "../../dist/src/loki/index.js";
let server: LogServer;

beforeAll(async () => {
  const { StoreThread, startLogServer } = (await import(built)) as typeof import("../../src/loki/index.ts");
  const failed = (error: Error): void => expect.unreachable(error.message);
  server = await startLogServer({ backend: new StoreThread({ version: "0.0.0" }, { failed }), port: 0 });
});

afterAll(() => server.close());

describe("a store in a thread of its own", () => {
  it("answers what was pushed", async () => {
    await pushLines(server.url, { app: "thread" }, ["a", "b"]);
    const { data } = await getJson(server.url, "/loki/api/v1/query", {
      query: 'sum(count_over_time({app="thread"}[1m]))',
    });
    expect(data.result[0].value[1]).toBe("2");
  });

  it("answers the server's own thread while a query runs", async () => {
    const line = JSON.stringify({ level: "info", text: "x".repeat(200), n: 1 });
    for (let i = 0; i < 10; i++)
      await pushLines(
        server.url,
        { app: "busy" },
        Array.from({ length: 5_000 }, (_, n) => `${line}${i}-${n}`),
      );
    let longestMs = 0;
    let lastMs = performance.now();
    const timer = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - lastMs);
      lastMs = performance.now();
    }, 5);
    const query = 'sum by (n) (rate({app="busy"} | regexp "(?P<n>[0-9]+)-" [1m]))';
    await Promise.all(
      Array.from({ length: 4 }, () => getJson(server.url, "/loki/api/v1/query_range", { query, step: "15" })),
    );
    clearInterval(timer);
    expect(longestMs).toBeLessThan(500);
  });

  it("takes what pino-loki sends", async () => {
    const stream = pinoLoki({
      host: server.url,
      labels: { app: "pino" },
      batching: false,
      silenceErrors: false,
    });
    stream.write(`${JSON.stringify({ level: 30, time: Date.now(), msg: "from pino" })}\n`);
    const seen = await until(
      () => getJson(server.url, "/loki/api/v1/query_range", { query: '{app="pino"}' }),
      ({ data }) => data.result.length > 0,
      10_000,
    );
    expect(seen.data.result[0].values[0][1]).toContain("from pino");
    expect(seen.data.result[0].stream).toMatchObject({ app: "pino", level: "info" });
  });
});

it("refuses more than fifty that follow, also where all come at once, and takes others when some have left", async () => {
  const open = (): Promise<WebSocket | number> =>
    new Promise((resolve) => {
      const query = new URLSearchParams({ query: '{a="b"}' });
      const socket = new WebSocket(`${server.url.replace("http", "ws")}/loki/api/v1/tail?${query}`);
      socket.on("open", () => resolve(socket));
      socket.on("unexpected-response", (_, { statusCode = 0 }) => resolve(statusCode));
    });
  const all = await Promise.all(Array.from({ length: 60 }, open));
  const opened = all.filter((each) => typeof each !== "number");
  expect(all.filter((each) => each === 429)).toHaveLength(10);
  expect(opened).toHaveLength(50);
  const closed = opened.map((socket) => once(socket, "close"));
  for (const socket of opened) socket.close();
  await Promise.all(closed);
  const next = await until(open, (each) => typeof each !== "number");
  expect(next).toBeInstanceOf(WebSocket);
  if (typeof next !== "number") next.close();
});

it("a store that is left in the middle of a query answers whoever waits, and takes nothing more", async () => {
  const { StoreThread } = (await import(built)) as typeof import("../../src/loki/index.ts");
  const thread = new StoreThread(
    { version: "0.0.0" },
    { failed: (error) => expect.unreachable(error.message) },
  );
  const text = Array.from({ length: 20_000 }, (_, i) => `{"level":"info","n":${i}}`).join("\n");
  await thread.collect({ source: "a", service: "shop", text, receivedMs: Date.now() });
  const query = 'sum by (n) (count_over_time({service_name="shop"} | json | n != "" [1h]))';
  const start = String(Math.floor(Date.now() / 1000) - 3600);
  const busy = thread.call({
    method: "GET",
    path: "/loki/api/v1/query_range",
    query: new URLSearchParams({ query, start, step: "1" }).toString(),
    contentType: "",
    contentEncoding: "",
    encodingFlags: "",
    body: Buffer.alloc(0),
  });
  const lines = thread.collect({ source: "a", service: "shop", text: "late", receivedMs: Date.now() });
  await thread.abandon();
  expect((await busy).status).toBe(503);
  await lines;
  await thread.collect({ source: "a", service: "shop", text: "later", receivedMs: Date.now() });
  await thread.close();
});
