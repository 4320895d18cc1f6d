// Figures of the LogQL engine beside a plain JSON.parse loop over the same lines, in one run:
//   npx tsc -p tsconfig.demo.json && node build/bench/logql.js [lines]
import { createEngine, LogStore } from "../src/logql/index.ts";

const count = Number(process.argv[2] ?? 1_000_000);
const start = 1_700_000_000_000;
const ns = (ms: number): string => `${ms}000000`;
const routes = ["/api/orders/:id", "/pay", "/api/search", "/health"];

function lineOf(i: number): string {
  const status = [200, 200, 503, 404, 200, 201, 500, 200, 301, 200][(i * 7) % 10];
  const fields = {
    time: new Date(start + i).toISOString(),
    level: i % 10 === 3 ? "error" : "info",
    msg: `GET ${routes[i % 4]} ${status} ${Math.imul(i, 40503) % 10 === 0 ? "needle" : "common"}`,
    service_name: "shop",
    event_name: "http.server.request",
    request_id: `0193a1c2-6f0e-7c3a-9d41-${String(i).padStart(12, "0")}`,
    http_request_method: "GET",
    http_route: routes[i % 4],
    url_path: "/api/acme/orders/7",
    http_response_status_code: status,
    duration_ms: ((i * 7919) % 100_000) / 1000,
    outcome: "ok",
  };
  const text = JSON.stringify(fields);
  return `${text.slice(0, -1)},"pad":"${"x".repeat(Math.max(0, 350 - text.length - 9))}"}`;
}

function fill(lines: readonly string[]): LogStore {
  const store = new LogStore({ maxBytes: 2 ** 31 });
  for (let from = 0; from < lines.length; from += 10_000) {
    const values = lines.slice(from, from + 10_000).map((line, i) => [ns(start + from + i), line] as const);
    store.push([{ stream: { app: "shop" }, values }]);
  }
  return store;
}

function seconds(work: () => void): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}

function best(work: () => void): number {
  return Math.min(...Array.from({ length: 3 }, () => seconds(work)));
}

const lines = Array.from({ length: count }, (_, i) => lineOf(i));
const rawBytes = lines.reduce((sum, line) => sum + line.length, 0);
const before = process.memoryUsage();
const store = fill(lines);
const after = process.memoryUsage();
const end = ns(start + count);

const parsed = best(() => {
  let kept = 0;
  for (const line of lines) if (JSON.parse(line).http_response_status_code >= 500) kept++;
  if (kept === 0) throw new Error("the loop found nothing");
});
const query = (expression: string): number =>
  best(() => {
    // A new engine each time: one keeps what a chunk gave it before.
    const { result } = createEngine(store).query(expression, { time: end });
    if (!Array.isArray(result) || result.length === 0) throw new Error("the query found nothing");
  });
const filtered = query(
  'sum(count_over_time({app="shop"} |= "needle" | json | http_response_status_code >= 500 [1d]))',
);
const unfiltered = query('sum(count_over_time({app="shop"} | json | http_response_status_code >= 500 [1d]))');

const small = fill(lines.slice(0, 100_000));
const p95 = best(() => {
  createEngine(small).queryRange(
    'quantile_over_time(0.95, {app="shop"} | json | unwrap duration_ms [5s]) by (http_route)',
    {
      start: ns(start),
      end: ns(start + 100_000),
      step: 100 / 60,
    },
  );
});

const rate = (time: number): string => `${(count / time / 1e6).toFixed(2)} M lines/s`;
console.log(`lines                     ${count} of ${Math.round(rawBytes / count)} bytes`);
console.log(`JSON.parse loop           ${rate(parsed)}`);
console.log(`with a line filter        ${rate(filtered)}, ${(parsed / filtered).toFixed(1)} x the loop`);
console.log(`without a line filter     ${rate(unfiltered)}, ${(parsed / unfiltered).toFixed(1)} x the loop`);
console.log(`p95 by route, 60 steps    ${p95.toFixed(3)} s over 100000 lines`);
console.log(`store, its own count      ${(store.footprint / rawBytes).toFixed(3)} x the raw bytes`);
const grown = after.heapUsed + after.external - before.heapUsed - before.external;
console.log(`store, heap and external  ${(grown / rawBytes).toFixed(3)} x the raw bytes`);
