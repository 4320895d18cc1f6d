import { createServer } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { createPrometheus } from "../../src/prometheus/index.ts";
import { serve } from "../support/serve.ts";

setFlagsFromString("--expose-gc");
// The flag gives `gc` to contexts that are made from now on.
const collectGarbage = runInNewContext("gc") as () => void;

const hourMs = 3_600_000;
const scrapeIntervalMs = 30_000;
const maxBytes = 2 * 1024 * 1024;
const startMs = Date.parse("2026-11-23T00:00:00Z");

const rules = [
  {
    path: "two-days.yml",
    text: `groups:
  - name: requests
    interval: 1m
    rules:
      - record: route:requests:rate5m
        expr: sum by (http_route) (rate(http_server_request_duration_seconds_count[5m]))
      - alert: JobsWait
        expr: max by (instance) (avg_over_time(jobs_waiting[5m])) > 5
        for: 2m
`,
  },
];

const bounds = [
  "0.005",
  "0.01",
  "0.025",
  "0.05",
  "0.075",
  "0.1",
  "0.25",
  "0.5",
  "0.75",
  "1",
  "2.5",
  "5",
  "7.5",
  "10",
];

/** What a service of twenty routes shows: counters that start again at each deployment, gauges, a series that comes and goes. */
class ShownMetrics {
  #nowMs = startMs;
  readonly #counts: number[] = [];

  at(nowMs: number): string {
    if (this.#deployment(nowMs) !== this.#deployment(this.#nowMs)) this.#counts.length = 0;
    this.#nowMs = nowMs;
    const minute = Math.floor((nowMs - startMs) / 60_000);
    const isIncident = minute % 240 >= 100 && minute % 240 < 120;
    return [
      "# TYPE target_info gauge",
      `target_info{service_name="shop",service_version="1.${this.#deployment(nowMs)}.0"} 1`,
      "# TYPE http_server_request_duration_seconds histogram",
      ...Array.from({ length: 20 }, (_, route) => this.#histogram(route)).flat(),
      "# TYPE nodejs_heap_bytes gauge",
      ...Array.from(
        { length: 40 },
        (_, i) => `nodejs_heap_bytes{space="${i}"} ${(1e7 * (1 + Math.sin(minute + i))).toFixed(3)}`,
      ),
      `jobs_waiting ${isIncident ? 9 : 0}`,
      "# TYPE jobs_total counter",
      `jobs_total{job_run="${Math.floor(minute / 30)}"} ${minute % 30}`,
      "",
    ].join("\n");
  }

  #deployment(nowMs: number): number {
    return Math.floor((nowMs - startMs) / (6 * hourMs));
  }

  #histogram(route: number): string[] {
    const count = (this.#counts[route] ?? 0) + route + 1;
    this.#counts[route] = count;
    const name = "http_server_request_duration_seconds";
    const labels = `http_request_method="GET",http_route="/r${route}",http_response_status_code="200"`;
    const share = (i: number): number => Math.floor((count * (i + 1)) / bounds.length);
    return [
      ...bounds.map((le, i) => `${name}_bucket{${labels},le="${le}"} ${share(i)}`),
      `${name}_bucket{${labels},le="+Inf"} ${count}`,
      `${name}_sum{${labels}} ${count * 0.0123}`,
      `${name}_count{${labels}} ${count}`,
    ];
  }
}

it("two days of scrapes by a fast clock: the store is full after a few hours, and grows no more", async () => {
  let nowMs = startMs;
  const shown = new ShownMetrics();
  const target = await serve(createServer((_, res) => res.end(shown.at(nowMs))));
  const states = { pending: 0, firing: 0, resolved: 0 };
  const prometheus = createPrometheus({
    targets: [{ url: `${target.url}/metrics` }],
    rules,
    scrapeIntervalMs,
    maxBytes,
    now: () => nowMs,
    onAlert: ({ state }) => {
      states[state]++;
    },
    onProblem: (message) => expect.unreachable(message),
  });
  const heaps: number[] = [];
  const { store } = prometheus;
  for (let scrape = 1; scrape <= (48 * hourMs) / scrapeIntervalMs; scrape++) {
    await prometheus.tick();
    nowMs += scrapeIntervalMs;
    if (scrape % ((6 * hourMs) / scrapeIntervalMs) !== 0) continue;
    expect(store.bytes).toBeLessThanOrEqual(maxBytes);
    collectGarbage();
    heaps.push(process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers);
  }
  console.log(
    `48 h: ${store.seriesCount} series, ${store.sampleCount} samples, ${heaps.map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`).join(", ")}; ${JSON.stringify(states)}`,
  );
  expect(store.seriesCount).toBeGreaterThan(380);
  expect(states.firing).toBe(12);
  expect(states.resolved).toBe(states.firing);
  // Full after a few hours; from then on nothing grows, but for what a collection leaves now and then.
  expect(Math.min(...heaps.slice(-3))).toBeLessThan(Math.max(...heaps.slice(1, 4)) + 4e6);
  await target.close();
}, 180_000);
