import { getHeapSpaceStatistics, getHeapStatistics, type HeapSpaceInfo } from "node:v8";
import type { MetricsPart } from "./metrics-part.ts";
import type { MetricName } from "./names.ts";
import { type MetricSample, OwnMetric } from "./own-metric.ts";

/** Heap memory by heap space, and the limit at which V8 gives up. */
export function createHeapMetrics(): MetricsPart {
  const metrics = [
    heapSpaces("v8js_memory_heap_used_bytes", (space) => space.space_used_size),
    heapSpaces("v8js_memory_heap_space_size_bytes", (space) => space.space_size),
    heapSpaces("v8js_memory_heap_space_available_size_bytes", (space) => space.space_available_size),
    heapSpaces("v8js_memory_heap_space_physical_size_bytes", (space) => space.physical_space_size),
    new OwnMetric("v8js_heap_size_limit_bytes", {
      read: () => [{ labels: {}, value: getHeapStatistics().heap_size_limit }],
    }),
  ];
  return { metrics };
}

function heapSpaces(name: MetricName, pick: (space: HeapSpaceInfo) => number): OwnMetric {
  const sample = (space: HeapSpaceInfo): MetricSample => ({
    labels: { v8js_heap_space_name: space.space_name },
    value: pick(space),
  });
  return new OwnMetric(name, { read: () => getHeapSpaceStatistics().map(sample) });
}
