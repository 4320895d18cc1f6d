import { errors } from "./boards/errors.ts";
import { httpLogs } from "./boards/http-logs.ts";
import { httpMetrics } from "./boards/http-metrics.ts";
import { logPipeline } from "./boards/log-pipeline.ts";
import { nodeRuntime } from "./boards/node-runtime.ts";
import { requestExplorer } from "./boards/request-explorer.ts";
import { slo } from "./boards/slo.ts";
import type { Dashboard } from "./model/model.ts";

/** Every dashboard, in the order in which the pages list them. */
export const dashboards: readonly Dashboard[] = [
  httpLogs,
  httpMetrics,
  errors,
  nodeRuntime,
  slo,
  requestExplorer,
  logPipeline,
];

/** The files that dashboards/grafana/ consists of. */
export function dashboardFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    dashboards.map((board) => [
      `dashboards/grafana/${board.uid.replace(/^taffrail-/, "")}.json`,
      `${JSON.stringify(board, null, 2)}\n`,
    ]),
  );
}
