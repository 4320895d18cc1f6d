import type { OwnMetric } from "./own-metric.ts";

/** Some metrics and what feeds them. */
export interface MetricsPart {
  readonly metrics: readonly OwnMetric[];
  /** Disconnects observers and timers. */
  close?(): void;
}
