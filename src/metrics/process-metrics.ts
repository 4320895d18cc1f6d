import { readdir, readFile } from "node:fs/promises";
import type { MetricsPart } from "./metrics-part.ts";
import { type MetricSample, OwnMetric } from "./own-metric.ts";

const microsecondsPerSecond = 1e6;

/** CPU, memory, age, active resources and, on Linux, file descriptors of this process. */
export function createProcessMetrics(platform: NodeJS.Platform = process.platform): MetricsPart {
  const metrics = [
    new OwnMetric("process_cpu_time_seconds_total", { read: readCpuTime }),
    new OwnMetric("process_memory_usage_bytes", { read: () => one(process.memoryUsage.rss()) }),
    new OwnMetric("process_uptime_seconds", { read: () => one(process.uptime()) }),
    new OwnMetric("v8js_resource_active", { read: readActiveResources }),
  ];
  if (platform !== "linux") return { metrics };
  return {
    metrics: [
      ...metrics,
      new OwnMetric("process_open_file_descriptors", { read: readOpenFileDescriptors }),
      new OwnMetric("process_max_file_descriptors", { read: readMaxFileDescriptors }),
    ],
  };
}

function one(value: number): MetricSample[] {
  return [{ labels: {}, value }];
}

function readCpuTime(): MetricSample[] {
  const { user, system } = process.cpuUsage();
  return [
    { labels: { cpu_mode: "user" }, value: user / microsecondsPerSecond },
    { labels: { cpu_mode: "system" }, value: system / microsecondsPerSecond },
  ];
}

function readActiveResources(): MetricSample[] {
  const counts = new Map<string, number>();
  for (const type of process.getActiveResourcesInfo()) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, value]) => ({ labels: { v8js_resource_type: type }, value }));
}

async function readOpenFileDescriptors(): Promise<MetricSample[]> {
  const names = await readdir("/proc/self/fd");
  // Reading the folder holds one open itself.
  return one(names.length - 1);
}

async function readMaxFileDescriptors(): Promise<MetricSample[]> {
  const limits = await readFile("/proc/self/limits", "utf8");
  const soft = /^Max open files +(\d+|unlimited)/m.exec(limits)?.[1];
  if (soft === undefined) return [];
  return one(soft === "unlimited" ? Number.POSITIVE_INFINITY : Number(soft));
}
