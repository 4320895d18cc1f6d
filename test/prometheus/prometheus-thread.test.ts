import { createServer } from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterEach, expect, it } from "vitest";
import { until } from "../support/poll.ts";
import { type Served, serve } from "../support/serve.ts";

// The built package: a thread can't run TypeScript.
const built = "../../dist/src/prometheus/index.js";
const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function scene(): Promise<Scene> {
  const { PrometheusThread } = (await import(built)) as typeof import("../../src/prometheus/index.ts");
  const lines = Array.from({ length: 500 }, (_, i) => `requests_total{route="${i}"} ${i}`);
  const target = await serve(createServer((_, res) => res.end(`${lines.join("\n")}\n`)));
  const seen = { requests: 0 };
  const thread = new PrometheusThread(
    { scrapeIntervalMs: 1000 },
    {
      alert: () => undefined,
      problem: (message) => expect.unreachable(message),
      failed: (error) => expect.unreachable(error.message),
    },
  );
  thread.addTarget({ url: `${target.url}/metrics` });
  const api = await serve(
    createServer((req, res) => {
      seen.requests++;
      const path = new URL(req.url ?? "/", "http://x").pathname;
      void thread.handler(req, res, path).then((answered) => answered || res.writeHead(404).end());
    }),
  );
  opened.push(thread, api, target);
  const ask = async (path: string): Promise<Answer> => {
    const response = await fetch(`${api.url}/api/v1/${path}`);
    return { ...((await response.json()) as object), status: response.status };
  };
  return { api, seen, ask };
}

interface Scene {
  readonly api: Served;
  readonly seen: { requests: number };
  readonly ask: (path: string) => Promise<Answer>;
}

interface Answer {
  readonly status: number;
  readonly data?: { readonly result: readonly unknown[] };
  readonly error?: string;
}

it("answers what was scraped, and says what is wrong with a query", async () => {
  const { ask, api } = await scene();
  const found = await until(
    () => ask("query?query=requests_total"),
    ({ data }) => data?.result.length === 500,
  );
  expect(found.status).toBe(200);
  expect(await ask("query?query=(")).toMatchObject({ status: 400, error: expect.stringContaining("1:2") });
  expect((await fetch(`${api.url}/api/v1/none`)).status).toBe(404);
  const form = { method: "POST", body: new URLSearchParams({ query: "count(requests_total)" }) };
  expect((await fetch(`${api.url}/api/v1/query`, form)).status).toBe(200);
});

it("leaves the thread of whoever serves it free while a query runs", async () => {
  const { ask } = await scene();
  await until(
    () => ask("query?query=requests_total"),
    ({ data }) => data?.result.length === 500,
  );
  const query = "quantile_over_time(0.5, (vector(1) * time())[27h:100ms])";
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const began = performance.now();
  expect((await ask(`query?${new URLSearchParams({ query })}`)).status).toBe(200);
  const tookMs = performance.now() - began;
  delay.disable();
  console.log(`the query took ${tookMs.toFixed(0)} ms, the loop at most ${(delay.max / 1e6).toFixed(0)} ms`);
  expect(delay.max / 1e6).toBeLessThan(tookMs / 2);
});

it("tells whoever waits that it is gone, when it is closed in the middle of a query", async () => {
  const { ask, seen } = await scene();
  await until(
    () => ask("query?query=requests_total"),
    ({ data }) => data?.result.length === 500,
  );
  const before = seen.requests;
  const busy = ask("query?query=max_over_time(sum(rate(requests_total[1h]))[7d:1s])");
  await until(
    () => seen.requests,
    (count) => count > before,
  );
  await opened.shift()?.close();
  expect(await busy).toMatchObject({ status: 503, error: "the metrics are not there any more" });
});
