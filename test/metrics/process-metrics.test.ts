import { closeSync, mkdtempSync, openSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createHeapMetrics } from "../../src/metrics/heap-metrics.ts";
import type { MetricsPart } from "../../src/metrics/metrics-part.ts";
import { createProcessMetrics } from "../../src/metrics/process-metrics.ts";

async function read(part: MetricsPart, name: string): Promise<Map<string, number>> {
  const family = await part.metrics.find((metric) => metric.name === name)?.get();
  return new Map(
    (family?.values ?? []).map(({ labels, value }) => [Object.values(labels ?? {}).join(), value]),
  );
}

test("CPU time grows by what the process works, in user mode", async () => {
  const part = createProcessMetrics();
  const before = (await read(part, "process_cpu_time_seconds_total")).get("user") ?? 0;
  while (process.cpuUsage().user / 1e6 - before < 0.02);
  const after = await read(part, "process_cpu_time_seconds_total");
  expect(after.get("user")).toBeGreaterThanOrEqual(before + 0.02);
  expect(after.get("system")).toBeGreaterThanOrEqual(0);
});

test("memory and age are the process's own", async () => {
  const part = createProcessMetrics();
  expect((await read(part, "process_memory_usage_bytes")).get("")).toBeGreaterThan(10e6);
  const age = (await read(part, "process_uptime_seconds")).get("") ?? 0;
  expect(age).toBeLessThanOrEqual(process.uptime());
  expect(age).toBeGreaterThan(0);
});

test("a listening server is an active resource", async () => {
  const part = createProcessMetrics();
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const resources = await read(part, "v8js_resource_active");
  expect(resources.get("TCPServerWrap")).toBeGreaterThanOrEqual(1);
  await new Promise((resolve) => server.close(resolve));
});

test.runIf(process.platform === "linux")(
  "20 opened files are 20 more descriptors, below the limit",
  async () => {
    const part = createProcessMetrics();
    const openNow = async (): Promise<number> =>
      (await read(part, "process_open_file_descriptors")).get("") ?? 0;
    const file = join(mkdtempSync(join(tmpdir(), "taffrail-")), "file");
    const before = await openNow();
    const opened = Array.from({ length: 20 }, () => openSync(file, "a"));
    const after = await openNow();
    // The folder itself is open while it is read, here as there.
    expect(after).toBe(readdirSync("/proc/self/fd").length - 1);
    for (const descriptor of opened) closeSync(descriptor);
    expect(after - before).toBe(20);
    expect((await read(part, "process_max_file_descriptors")).get("")).toBeGreaterThanOrEqual(after);
  },
);

test("where there is no /proc there are no descriptor metrics", () => {
  expect(createProcessMetrics("darwin").metrics.map(({ name }) => name)).not.toContain(
    "process_open_file_descriptors",
  );
});

test("heap in use is spread over the spaces and stays below the limit", async () => {
  const part = createHeapMetrics();
  const used = await read(part, "v8js_memory_heap_used_bytes");
  const sum = [...used.values()].reduce((total, value) => total + value, 0);
  expect(used.get("old_space")).toBeGreaterThan(0);
  expect(sum).toBeLessThan((await read(part, "v8js_heap_size_limit_bytes")).get("") ?? 0);
  for (const name of ["size", "available_size", "physical_size"]) {
    const space = await read(part, `v8js_memory_heap_space_${name}_bytes`);
    expect([...space.keys()]).toEqual([...used.keys()]);
  }
});
