import { setTimeout } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { createEventLoopMetrics } from "../../src/metrics/event-loop-metrics.ts";
import type { MetricsPart } from "../../src/metrics/metrics-part.ts";

const parts: MetricsPart[] = [];

afterEach(() => {
  for (const part of parts.splice(0)) part.close?.();
});

function open(windowMs?: number): MetricsPart {
  const part = createEventLoopMetrics(windowMs === undefined ? {} : { windowMs });
  parts.push(part);
  return part;
}

async function read(part: MetricsPart, name: string): Promise<number | undefined> {
  const metric = part.metrics.find((one) => one.name === name);
  return (await metric?.get())?.values?.[0]?.value;
}

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error("the condition did not come true in 10 s");
    await setTimeout(10);
  }
}

const max = "nodejs_eventloop_delay_max_seconds";

test("a block shows in the delay, to the second scraper as to the first", async () => {
  const part = open();
  await until(async () => (await read(part, max)) !== undefined);
  block(200);
  await until(async () => ((await read(part, max)) ?? 0) > 0.1);
  expect(await read(part, max)).toBeGreaterThan(0.1);
  expect(await read(part, "nodejs_eventloop_delay_p99_seconds")).toBeGreaterThan(0.1);
  expect(await read(part, "nodejs_eventloop_delay_stddev_seconds")).toBeGreaterThan(0);
  expect(await read(part, "nodejs_eventloop_delay_mean_seconds")).toBeGreaterThan(0);
  const [p50, p90] = [
    await read(part, "nodejs_eventloop_delay_p50_seconds"),
    await read(part, "nodejs_eventloop_delay_p90_seconds"),
  ];
  expect(p90).toBeGreaterThanOrEqual(p50 ?? Number.POSITIVE_INFINITY);
});

test("the monitor's own interval is no delay", async () => {
  const part = open();
  const min = "nodejs_eventloop_delay_min_seconds";
  await until(async () => ((await read(part, min)) ?? 1) < 0.015);
  expect(await read(part, min)).toBeGreaterThanOrEqual(0);
});

test("an old block leaves the window with time, not with scrapes", async () => {
  const part = open(150);
  await until(async () => (await read(part, max)) !== undefined);
  block(300);
  await until(async () => ((await read(part, max)) ?? 0) > 0.2);
  await until(async () => ((await read(part, max)) ?? 1) < 0.2);
});

test("the time by state only grows, and a block is active time", async () => {
  const part = open();
  const name = "nodejs_eventloop_time_seconds_total";
  const before = (await read(part, name)) ?? 0;
  block(50);
  expect(await read(part, name)).toBeGreaterThanOrEqual(before + 0.049);
});

test("the rotation keeps no process alive", () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((type) => type === "Timeout").length;
  const before = timers();
  open();
  expect(timers()).toBe(before);
});
