import { constants, type PerformanceEntry, PerformanceObserver } from "node:perf_hooks";
import { HistogramCell } from "./histogram-cell.ts";
import type { MetricsPart } from "./metrics-part.ts";
import { metricDefinitions } from "./names.ts";
import { type MetricSample, OwnMetric } from "./own-metric.ts";

const gcTypes: ReadonlyMap<unknown, string> = new Map([
  [constants.NODE_PERFORMANCE_GC_MAJOR, "major"],
  [constants.NODE_PERFORMANCE_GC_MINOR, "minor"],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, "incremental"],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, "weakcb"],
]);

/** Counts every garbage collection by type: several entries may arrive in one callback. */
export function createGcMetrics(): MetricsPart {
  const name = "v8js_gc_duration_seconds";
  const bounds = metricDefinitions[name].buckets ?? [];
  const createCells = (): Map<string, HistogramCell> =>
    new Map([...gcTypes.values()].map((type) => [type, new HistogramCell({ v8js_gc_type: type }, bounds)]));
  let cells = createCells();

  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) cells.get(gcType(entry))?.observe(entry.duration / 1000);
  });
  observer.observe({ entryTypes: ["gc"] });

  const read = (): MetricSample[] => {
    const samples: MetricSample[] = [];
    for (const cell of cells.values()) cell.appendTo(samples, name);
    return samples;
  };
  const reset = (): void => {
    cells = createCells();
  };
  return { metrics: [new OwnMetric(name, { read, reset })], close: () => observer.disconnect() };
}

/** The type of a collection; a kind that a later V8 adds is counted as major rather than lost. */
function gcType(entry: PerformanceEntry): string {
  // Missing from the types; for a gc entry Node documents detail as { kind, flags }.
  const { detail } = entry as PerformanceEntry & { readonly detail?: { readonly kind?: unknown } };
  return gcTypes.get(detail?.kind) ?? "major";
}
