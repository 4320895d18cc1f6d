import type { LineStats } from "../logger/line-stats.ts";
import type { OutputStats } from "../logger/output/output-stats.ts";
import type { MetricsPart } from "./metrics-part.ts";
import { type MetricSample, OwnMetric } from "./own-metric.ts";

/** What the log path counts by itself; only read here, at a scrape. */
export interface LogPath {
  readonly outputs: readonly OutputStats[];
  readonly lines: Readonly<LineStats>;
}

const nothing: LogPath = { outputs: [], lines: { truncatedLines: 0, degradedLines: 0 } };

/** Create the metrics of the log path: what was written, lost, cut, and what waits. */
export function createLogMetrics({ outputs, lines }: LogPath = nothing): MetricsPart {
  const perOutput = (pick: (stats: OutputStats) => number): MetricSample[] =>
    outputs.map((stats) => ({ labels: { log_output: stats.name }, value: pick(stats) }));
  const perError = (pick: (stats: OutputStats) => ReadonlyMap<string, number>): MetricSample[] =>
    outputs.flatMap((stats) =>
      [...pick(stats)].map(([code, value]) => ({
        labels: { log_output: stats.name, error_type: code },
        value,
      })),
    );
  const alone = (pick: () => number): MetricSample[] => [{ labels: {}, value: pick() }];
  return {
    metrics: [
      new OwnMetric("taffrail_log_written_lines_total", { read: () => perOutput((s) => s.writtenLines) }),
      new OwnMetric("taffrail_log_written_bytes_total", { read: () => perOutput((s) => s.writtenBytes) }),
      new OwnMetric("taffrail_log_dropped_lines_total", { read: () => perError((s) => s.droppedLines) }),
      new OwnMetric("taffrail_log_write_errors_total", { read: () => perError((s) => s.writeErrors) }),
      new OwnMetric("taffrail_log_queue_bytes", { read: () => perOutput((s) => s.queueBytes) }),
      new OwnMetric("taffrail_log_truncated_lines_total", { read: () => alone(() => lines.truncatedLines) }),
      new OwnMetric("taffrail_log_degraded_lines_total", { read: () => alone(() => lines.degradedLines) }),
    ],
  };
}
