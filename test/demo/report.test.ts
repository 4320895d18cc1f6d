import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ConnectionPool, PoolTimeoutError } from "../../demo/database/pool.ts";
import { createRandom } from "../../demo/random.ts";
import { Ledger } from "../../demo/report/ledger.ts";
import { quantile, routeLatencies } from "../../demo/report/route-latency.ts";
import { LineSample } from "../../demo/report/sample.ts";
import { parseExposition, sum } from "../../demo/report/scrape.ts";
import { faultsOf, healthy, incidents, phaseLengthsMs } from "../../demo/scenarios.ts";
import type { LogLine } from "../../src/index.ts";

const line = (fields: Partial<LogLine>): LogLine => ({
  time: "2026-11-22T10:00:00.000Z",
  level: "info",
  msg: "GET /a 200",
  service_name: "shop",
  service_version: "1",
  deployment_environment_name: "demo",
  service_instance_id: "1",
  ...fields,
});

describe("metrics read back", () => {
  const samples = parseExposition(
    [
      "# HELP a_total With a {brace} and a value 7",
      'a_total{route="/x\\"y\\\\z\\n",other="b}c"} 3',
      'a_total{route="/plain"} 4.5',
      "b +Inf",
      ...[
        ["0.1", 2],
        ["0.2", 10],
        ["+Inf", 10],
      ].map(([le, count]) => `http_server_request_duration_seconds_bucket${labels(le)} ${count}`),
    ].join("\n"),
  );

  function labels(le: unknown): string {
    return `{http_request_method="GET",http_route="/a",le="${le}"}`;
  }

  it("keep label values as they were before escaping", () => {
    expect(samples[0]).toEqual({ name: "a_total", labels: { route: '/x"y\\z\n', other: "b}c" }, value: 3 });
    expect(sum(samples, "a_total")).toBe(7.5);
    expect(sum(samples, "a_total", { route: "/plain" })).toBe(4.5);
    expect(sum(samples, "b")).toBe(Number.POSITIVE_INFINITY);
  });

  it("give each route's quantiles as Prometheus estimates them", () => {
    const [latency, ...others] = routeLatencies(samples);
    expect(others).toEqual([]);
    expect(latency).toMatchObject({ route: "GET /a", requests: 10 });
    expect(latency?.p50Ms).toBeCloseTo(137.5);
    expect(latency?.p95Ms).toBeCloseTo(193.75);
  });

  it("give the last bound for a quantile above it, and none where nothing was seen", () => {
    const buckets = new Map([
      [1, 1],
      [Number.POSITIVE_INFINITY, 100],
    ]);
    expect(quantile(buckets, 0.95)).toBe(1);
    expect(quantile(new Map([[1, 0]]), 0.5)).toBeNaN();
  });
});

describe("the ledger", () => {
  it("notices a second completion line and a line that is none", () => {
    const ledger = new Ledger();
    const text = JSON.stringify(line({ event_name: "http.server.request", request_id: "1", outcome: "ok" }));
    for (const written of [text, text, "no JSON"]) ledger.add(written);
    expect(ledger).toMatchObject({ duplicates: 1, unreadable: 1 });
    expect(ledger.service("shop")).toMatchObject({ total: 2, completions: 2 });
  });

  it("finds the request that passed both services only where both ids agree", () => {
    const ledger = new Ledger();
    const add = (service_name: string, ids: Partial<LogLine>): string => {
      const text = JSON.stringify(
        line({ event_name: "http.server.request", outcome: "ok", service_name, ...ids }),
      );
      ledger.add(text);
      return text;
    };
    add("payments", { request_id: "1", trace_id: "a" });
    add("shop", { request_id: "1", trace_id: "b" });
    expect(ledger.journey).toBeUndefined();
    const payments = add("payments", { request_id: "2", trace_id: "c" });
    const shop = add("shop", { request_id: "2", trace_id: "c" });
    expect(ledger.journey).toEqual({ shop, payments });
  });
});

describe("the sample of lines", () => {
  it("shows a kind now and then, few lines a second, and all about the process", () => {
    let now = 0;
    const sample = new LineSample(() => now);
    const ok = line({ event_name: "http.server.request", http_route: "/a" });
    expect([sample.accepts(ok), sample.accepts(ok)]).toEqual([true, false]);
    const kinds = Array.from({ length: 10 }, (_, at) => line({ msg: `kind ${at}` }));
    expect(kinds.filter((kind) => sample.accepts(kind))).toHaveLength(4);
    expect(sample.accepts(line({ event_name: "process.stop" }))).toBe(true);
    now = 3_000;
    expect(sample.accepts(ok)).toBe(true);
  });

  it("takes paths that clients chose for one kind", () => {
    const sample = new LineSample(() => 0);
    const lost = (path: string): LogLine =>
      line({ event_name: "http.server.request", outcome: "client_error", msg: `GET ${path} 404` });
    expect([sample.accepts(lost("/a")), sample.accepts(lost("/b"))]).toEqual([true, false]);
  });
});

describe("the scenarios", () => {
  it("fill the time they are given", () => {
    const lengths = phaseLengthsMs(30_000);
    expect(lengths.reduce((total, length) => total + length, 0)).toBeCloseTo(30_000);
  });

  it("are on the demo's page, each incident with what it does", () => {
    const page = readFileSync("docs/demo.md", "utf8");
    const rows = Object.entries(incidents).map(([name, { about }]) => `| \`${name}\` | ${about} |`);
    expect(rows.filter((row) => !page.includes(row))).toEqual([]);
  });

  it("put their faults on the service they are about, and on no other", () => {
    expect(faultsOf("payments", ["payments-down", "slow-database"])).toEqual({
      ...healthy,
      providerErrorShare: 1,
    });
    expect(faultsOf("shop", [])).toEqual(healthy);
  });

  it("are played the same way from the same seed", () => {
    const draw = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 1_000 }, () => random.logNormal(10, 0.5)).sort((a, b) => a - b);
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7)[500]).toBeGreaterThan(9);
    expect(draw(7)[500]).toBeLessThan(11);
  });
});

describe("the database's pool", () => {
  it("makes callers wait in their order, and says when nobody gives a connection back", async () => {
    const pool = new ConnectionPool({ size: 1, acquireTimeoutMs: 20 });
    const order: string[] = [];
    const { promise: held, resolve: giveBack } = deferred();
    const first = pool.use(() => held);
    const late = pool.use(async () => order.push("late")).catch((error: unknown) => error);
    expect(pool).toMatchObject({ used: 1, idle: 0, pending: 1 });
    expect(await late).toBeInstanceOf(PoolTimeoutError);
    const second = pool.use(async () => order.push("second"));
    const third = pool.use(async () => order.push("third"));
    giveBack();
    await Promise.all([first, second, third]);
    expect(order).toEqual(["second", "third"]);
    expect(pool).toMatchObject({ used: 0, idle: 1, pending: 0 });
  });
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
