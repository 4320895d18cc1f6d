import { type IntervalHistogram, monitorEventLoopDelay, performance } from "node:perf_hooks";
import type { MetricsPart } from "./metrics-part.ts";
import type { MetricName } from "./names.ts";
import { type MetricSample, OwnMetric } from "./own-metric.ts";

export interface EventLoopMetricsOptions {
  /**
   * How long one of the two delay windows lasts, in milliseconds.
   * @default 30000
   */
  readonly windowMs?: number;
}

const resolutionMs = 20;
const nanosecondsPerSecond = 1e9;

/**
 * Event loop time by state, and the delay's percentiles. The delay is windowed by time, never by scrape: two
 * monitors are cleared in turn and the older one is read, so any number of scrapers see the same last one
 * to two windows.
 */
export function createEventLoopMetrics(options: EventLoopMetricsOptions = {}): MetricsPart {
  let older = startMonitor();
  let younger = startMonitor();
  const timer = setInterval(() => {
    older.reset();
    [older, younger] = [younger, older];
  }, options.windowMs ?? 30_000);
  timer.unref();

  const delay = (name: MetricName, pick: (monitor: IntervalHistogram) => number): OwnMetric =>
    new OwnMetric(name, { read: () => delaySample(older, pick(older)) });
  const metrics = [
    new OwnMetric("nodejs_eventloop_time_seconds_total", { read: readEventLoopTime }),
    delay("nodejs_eventloop_delay_min_seconds", (monitor) => lateness(monitor.min)),
    delay("nodejs_eventloop_delay_max_seconds", (monitor) => lateness(monitor.max)),
    delay("nodejs_eventloop_delay_mean_seconds", (monitor) => lateness(monitor.mean)),
    delay("nodejs_eventloop_delay_stddev_seconds", (monitor) => monitor.stddev),
    delay("nodejs_eventloop_delay_p50_seconds", (monitor) => lateness(monitor.percentile(50))),
    delay("nodejs_eventloop_delay_p90_seconds", (monitor) => lateness(monitor.percentile(90))),
    delay("nodejs_eventloop_delay_p99_seconds", (monitor) => lateness(monitor.percentile(99))),
  ];
  const close = (): void => {
    clearInterval(timer);
    older.disable();
    younger.disable();
  };
  return { metrics, close };
}

function startMonitor(): IntervalHistogram {
  const monitor = monitorEventLoopDelay({ resolution: resolutionMs });
  monitor.enable();
  return monitor;
}

/** Node records the time between two ticks of its timer; the delay is what lies above the timer's own interval. */
function lateness(nanoseconds: number): number {
  return Math.max(0, nanoseconds - resolutionMs * 1e6);
}

function delaySample(monitor: IntervalHistogram, nanoseconds: number): MetricSample[] {
  // An empty histogram answers NaN and 2^63; nothing is the truth.
  if (monitor.count === 0) return [];
  return [{ labels: {}, value: nanoseconds / nanosecondsPerSecond }];
}

function readEventLoopTime(): MetricSample[] {
  const { active, idle } = performance.eventLoopUtilization();
  return [
    { labels: { nodejs_eventloop_state: "active" }, value: active / 1000 },
    { labels: { nodejs_eventloop_state: "idle" }, value: idle / 1000 },
  ];
}
