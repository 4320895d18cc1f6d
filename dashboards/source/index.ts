import { httpLogs } from "./boards/http-logs.ts";
import { httpMetrics } from "./boards/http-metrics.ts";
import type { Dashboard } from "./model/model.ts";

/** Every dashboard, in the order in which the pages list them. */
export const dashboards: readonly Dashboard[] = [httpLogs, httpMetrics];

/** The files that dashboards/grafana/ consists of. */
export function dashboardFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    dashboards.map((board) => [
      `dashboards/grafana/${board.uid.replace(/^taffrail-/, "")}.json`,
      `${JSON.stringify(board, null, 2)}\n`,
    ]),
  );
}
