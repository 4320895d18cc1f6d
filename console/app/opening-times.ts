import type { ConsoleConfig, DashboardEntry } from "../api/console-files.ts";
import { parseDuration } from "../grafana/duration.ts";
import { defaultTimeRange, type RawTimeRange, resolveTimeRange } from "../grafana/time-range.ts";

/** What a page opens with, where neither the address nor anybody has chosen. */
export interface OpeningTimes {
  readonly range: RawTimeRange;
  /** Such as `30s`; empty where nothing refreshes. */
  readonly refresh: string;
}

/** A dashboard's own times, as in Grafana; `--range` goes before its range. What can't be read counts as not said. */
export function openingTimes(
  { range }: Pick<ConsoleConfig, "range">,
  dashboard: Pick<DashboardEntry, "time" | "refresh"> | undefined,
): OpeningTimes {
  const given = [range === undefined ? undefined : { from: `now-${range}`, to: "now" }, dashboard?.time];
  const now = Date.now();
  return {
    range: given.find((one) => one && resolveTimeRange(one, now)) ?? defaultTimeRange,
    refresh: refreshOf(dashboard?.refresh ?? ""),
  };
}

/** An interval of refreshes, or empty: `off`, or what can't be read. */
export function refreshOf(text: string): string {
  return parseDuration(text) ? text : "";
}
