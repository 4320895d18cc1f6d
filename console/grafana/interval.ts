import { parseDuration } from "./duration.ts";
import type { TimeRange } from "./time-range.ts";

const niceMs: readonly number[] = [
  1, 5, 10, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 20_000, 30_000, 60_000, 120_000, 300_000,
  600_000, 900_000, 1_200_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000,
  86_400_000, 604_800_000, 2_592_000_000, 31_536_000_000,
];

/** Seconds between two scrapes of Prometheus when nobody says, as in Grafana. */
const scrapeMs = 15_000;

/** The step that cuts a range in at most so many points, as a whole of the units people use; at least `minimum`. */
export function chooseInterval(range: TimeRange, points: number, minimum: string | undefined): number {
  const exact = (range.to - range.from) / Math.max(1, points);
  const nice = niceMs.find((ms) => ms >= exact) ?? Math.ceil(exact);
  return Math.max(nice, parseDuration(minimum ?? "") ?? 1000);
}

/** The variables that Grafana fills in from range and step. Durations are whole seconds, as Loki and Prometheus like them. */
export function timeVariables(range: TimeRange, intervalMs: number): Readonly<Record<string, string>> {
  const rangeSeconds = Math.max(1, Math.round((range.to - range.from) / 1000));
  return {
    __interval: inSeconds(intervalMs),
    __interval_ms: String(intervalMs),
    __rate_interval: inSeconds(Math.max(intervalMs + scrapeMs, 4 * scrapeMs)),
    __range: `${rangeSeconds}s`,
    __range_s: String(rangeSeconds),
    __range_ms: String(range.to - range.from),
    __from: String(range.from),
    __to: String(range.to),
  };
}

/** `$__auto` is the step of a range query and the whole range of an instant one. */
export function autoVariable(range: TimeRange, intervalMs: number, instant: boolean): string {
  return inSeconds(instant ? range.to - range.from : intervalMs);
}

function inSeconds(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
