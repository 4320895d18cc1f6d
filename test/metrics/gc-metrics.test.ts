import { PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGcMetrics } from "../../src/metrics/gc-metrics.ts";
import type { MetricsPart } from "../../src/metrics/metrics-part.ts";

let collectGarbage: () => void;

beforeAll(() => {
  setFlagsFromString("--expose-gc");
  collectGarbage = runInNewContext("gc");
});

afterAll(() => setFlagsFromString("--no-expose-gc"));

async function countsByType(part: MetricsPart): Promise<Map<unknown, number>> {
  const family = await part.metrics[0]?.get();
  const counts = (family?.values ?? []).filter(({ metricName }) => metricName?.endsWith("_count"));
  return new Map(counts.map(({ labels, value }) => [labels?.["v8js_gc_type"], value]));
}

function total(counts: Map<unknown, number>): number {
  return [...counts.values()].reduce((sum, value) => sum + value, 0);
}

/** A second observer, with how many entries it has seen. */
function observeSeparately(): { readonly seen: () => number; readonly close: () => void } {
  let seen = 0;
  const observer = new PerformanceObserver((list) => {
    seen += list.getEntries().length;
  });
  observer.observe({ entryTypes: ["gc"] });
  return { seen: () => seen, close: () => observer.disconnect() };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error("the condition did not come true in 10 s");
    await setImmediate();
  }
}

test("50 forced collections in one turn are all counted, as many as a second observer sees", async () => {
  const reference = observeSeparately();
  const part = createGcMetrics();
  for (let i = 0; i < 50; i += 1) collectGarbage();
  await until(async () => ((await countsByType(part)).get("major") ?? 0) >= 50);
  await until(async () => total(await countsByType(part)) === reference.seen());
  reference.close();
  part.close?.();
});

test("a reset starts anew, and after close() nothing is counted", async () => {
  const part = createGcMetrics();
  collectGarbage();
  await until(async () => ((await countsByType(part)).get("major") ?? 0) >= 1);
  part.close?.();
  part.metrics[0]?.reset();
  const reference = observeSeparately();
  collectGarbage();
  await until(() => reference.seen() > 0);
  expect(total(await countsByType(part))).toBe(0);
  reference.close();
});
