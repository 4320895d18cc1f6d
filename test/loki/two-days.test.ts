import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { StoreHost } from "../../src/loki/index.ts";
import { requestLine } from "./request-lines.ts";

setFlagsFromString("--expose-gc");
// The flag gives `gc` to contexts that are made from now on.
const collectGarbage = runInNewContext("gc") as () => void;

const hourMs = 3_600_000;
const maxBytes = 8 * 1024 * 1024;

const rules = [
  {
    path: "two-days.yml",
    text: `groups:
  - name: errors
    interval: 1m
    rules:
      - alert: Errors
        expr: sum by (http_route) (count_over_time({level="error"} | json http_route="http_route" | __error__="" [5m])) > 3
        for: 2m
      - record: shop:rate
        expr: sum(rate({service_name="shop"}[1m]))
`,
  },
];

it("two days by a fast clock leave memory as it was, and every alert comes and goes", () => {
  let nowMs = Date.parse("2026-11-23T00:00:00Z");
  const states = { pending: 0, firing: 0, resolved: 0 };
  const host = new StoreHost(
    { version: "0", maxBytes, rules },
    {
      tail: () => undefined,
      alert: ({ state }) => {
        states[state]++;
      },
      problem: (message) => expect.unreachable(message),
    },
    () => nowMs,
  );
  const heaps: number[] = [];
  let sequence = 0;
  for (let minute = 0; minute < 48 * 60; minute++) {
    const isIncident = minute % 240 >= 100 && minute % 240 < 140;
    const lines = Array.from({ length: 20 }, (_, i) =>
      requestLine(isIncident ? i * 50 : sequence + i, nowMs),
    );
    sequence += 20;
    const text = lines.join("\n");
    host.collect({ source: "a", service: "shop", text, receivedMs: nowMs });
    host.ruler.advance(nowMs);
    if (minute % 60 === 0)
      host.call({
        method: "GET",
        path: "/loki/api/v1/query_range",
        query: new URLSearchParams({ query: 'sum(rate({service_name="shop"}[5m]))', since: "1h" }).toString(),
        contentType: "",
        contentEncoding: "",
        encodingFlags: "",
        body: Buffer.alloc(0),
      });
    if (minute % (6 * 60) === 6 * 60 - 1) {
      collectGarbage();
      heaps.push(process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers);
    }
    nowMs += 60_000;
  }
  const { store } = host.core;
  expect(store.bytes).toBeLessThanOrEqual(maxBytes);
  expect(store.footprint).toBeLessThan(maxBytes * 2);
  expect(states.firing).toBeGreaterThanOrEqual(12);
  expect(states.resolved).toBe(states.firing);
  // Full after a few hours; from then on nothing grows.
  const [first = 0] = heaps.slice(1, 2);
  const last = heaps.at(-1) ?? 0;
  console.log(
    `48 h: ${heaps.map((bytes) => `${(bytes / 1e6).toFixed(0)} MB`).join(", ")}; ${JSON.stringify(states)}`,
  );
  expect(last).toBeLessThan(first + 20e6);
  expect(nowMs - Date.parse("2026-11-23T00:00:00Z")).toBe(48 * hourMs);
}, 120_000);
