import { setImmediate } from "node:timers/promises";
import client from "prom-client";
import { describe, expect, test } from "vitest";
import { type ScrapeResult, Scraper } from "../../src/metrics/scraper.ts";
import { linesOf, openMetrics, openMetricsAccept, request } from "./fixtures.ts";

describe("a metric that fails", () => {
  test.each([
    [
      "throws",
      () => {
        throw new Error("collect failed");
      },
    ],
    ["rejects", () => Promise.reject(new Error("collect failed"))],
  ])("when its collect %s, it alone is left out; counted each time, said once", async (_, collect) => {
    const metrics = openMetrics();
    new client.Gauge({ name: "broken", help: "x", registers: [metrics.registry], collect });
    new client.Gauge({ name: "whole", help: "x", registers: [metrics.registry] }).set(7);
    await metrics.render(undefined);
    await metrics.render(openMetricsAccept);
    const { body } = await metrics.render(undefined);
    expect(body).not.toContain("broken 0");
    expect(body).toContain("\nwhole 7\n");
    expect(body).toContain('taffrail_scrape_failures_total{metric_name="broken"} 2');
    expect(metrics.problems).toEqual([
      {
        name: "metric_left_out",
        msg: "The metric broken is left out of the scrape: reading or writing it failed",
        fields: { metric_name: "broken", err: new Error("collect failed") },
      },
    ]);
  });

  test("when one label value throws, no half of the family is written", async () => {
    const metrics = openMetrics();
    const gauge = new client.Gauge({
      name: "broken",
      help: "x",
      labelNames: ["a"],
      registers: [metrics.registry],
    });
    gauge.set({ a: "fine" }, 1);
    let throwing = false;
    const value = {
      toString: () => {
        if (throwing) throw new Error("no text");
        return "x";
      },
    };
    gauge.set({ a: value as unknown as string }, 2);
    throwing = true;
    const { body } = await metrics.render(undefined);
    expect(body).not.toMatch(/^[^#]*broken/m);
    expect(linesOf(body, "log_messages_total")).toHaveLength(6);
    expect(metrics.problems).toHaveLength(1);
  });

  test("when the oldest age cannot be read, the rest is there", async () => {
    const metrics = openMetrics();
    metrics.http.setOldestActiveAge(() => {
      throw new Error("no");
    });
    const { body } = await metrics.render(undefined);
    expect(body).not.toContain("oldest_active_request_age_seconds 0");
    expect(linesOf(body, "log_messages_total")).toHaveLength(6);
  });

  test("when its collect does not end, the scrape does, without it; it is not called again until it has", async () => {
    const registry = new client.Registry();
    const ends: (() => void)[] = [];
    const collect = (): Promise<void> => new Promise((resolve) => ends.push(resolve));
    new client.Gauge({ name: "hangs", help: "x", registers: [registry], collect });
    new client.Gauge({ name: "whole", help: "x", registers: [registry] }).set(7);
    const failures: unknown[] = [];
    const scraper = new Scraper({
      registry,
      collectTimeoutMs: 20,
      onFailure: (metricName, error) => failures.push([metricName, String(error)]),
      onScrape: () => {},
    });
    const whole = "# HELP whole x\n# TYPE whole gauge\nwhole 7\n";
    expect((await scraper.render(undefined)).body).toBe(whole);
    expect((await scraper.render(undefined)).body).toBe(whole);
    expect(failures).toEqual([
      ["hangs", "Error: not collected within 20 ms"],
      ["hangs", "Error: an earlier collect has still not ended"],
    ]);
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await setImmediate();
    const scrape = scraper.render(undefined);
    await setImmediate();
    ends[1]?.();
    expect((await scrape).body).toContain("\nhangs 0\n");
  });
});

test("concurrent scrapes of a format share one collection; the next one collects anew", async () => {
  const registry = new client.Registry();
  let collected = 0;
  const gauge = new client.Gauge({
    name: "x",
    help: "x",
    registers: [registry],
    async collect() {
      collected += 1;
      await setImmediate();
      gauge.set(collected);
    },
  });
  const results: ScrapeResult[] = [];
  const scraper = new Scraper({ registry, onFailure: () => {}, onScrape: (result) => results.push(result) });
  const bodies = await Promise.all(Array.from({ length: 50 }, () => scraper.render("text/plain")));
  expect(collected).toBe(1);
  expect(new Set(bodies).size).toBe(1);
  await Promise.all([scraper.render("text/plain"), scraper.render(openMetricsAccept)]);
  expect(collected).toBe(3);
  expect(results).toHaveLength(3);
  expect(results[0]?.sizeBytes).toBe(Buffer.byteLength(bodies[0]?.body ?? ""));
});

test("a long scrape lets other work through while it is written", async () => {
  const metrics = openMetrics({ maxLabelSets: 20_000 });
  for (let i = 0; i < 6_000; i += 1) metrics.http.observe(request({ route: `/r${i}` }));
  let turns = 0;
  let done = false;
  const scrape = metrics.render(undefined).finally(() => {
    done = true;
  });
  while (!done) {
    turns += 1;
    await setImmediate();
  }
  const { body } = await scrape;
  expect(linesOf(body, "http_server_request_duration_seconds_bucket")).toHaveLength(6_000 * 15);
  expect(turns).toBeGreaterThan(5);
});

test("scrapes measure themselves: the next one shows their number and size", async () => {
  const metrics = openMetrics();
  const { body } = await metrics.render(undefined);
  const second = (await metrics.render(undefined)).body;
  expect(second).toContain(`\ntaffrail_scrape_size_bytes ${Buffer.byteLength(body)}\n`);
  expect(second).toContain("\ntaffrail_scrape_duration_seconds_count 1\n");
});
