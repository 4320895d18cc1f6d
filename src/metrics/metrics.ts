import type { Registry } from "prom-client";
import { TaffrailError } from "../errors.ts";
import { createEventLoopMetrics } from "./event-loop-metrics.ts";
import { createGcMetrics } from "./gc-metrics.ts";
import { createHeapMetrics } from "./heap-metrics.ts";
import { HttpClientMetrics } from "./http-client-metrics.ts";
import { HttpServerCells } from "./http-server-cells.ts";
import type { HttpServerMetrics } from "./http-server-metrics.ts";
import { JobMetrics } from "./job-metrics.ts";
import type { LabelSetLimitOptions, MetricsProblem, ReportProblem } from "./label-set-limit.ts";
import { LogMessageCounter } from "./log-message-counter.ts";
import { createLogMetrics, type LogPath } from "./log-metrics.ts";
import type { MetricsPart } from "./metrics-part.ts";
import { createProcessMetrics } from "./process-metrics.ts";
import { findPromClientCopies } from "./prom-client-copies.ts";
import { type AnyRegistry, registerOwnMetrics, resolveRegistry, unregisterOwnMetrics } from "./registry.ts";
import { type Scrape, Scraper } from "./scraper.ts";
import { SelfMetrics } from "./self-metrics.ts";
import { createTargetInfo } from "./target-info.ts";
import { UpgradeMetrics } from "./upgrade-metrics.ts";

export interface MetricsOptions {
  /** The prom-client registry to use, of whatever copy of it; one of the kit's own when there is none. */
  readonly registry?: AnyRegistry | undefined;
  /** How many label sets each of the kit's metrics may have, its overflow series included; at least 10. */
  readonly maxLabelSets: number;
  /** Whether to expose the event loop, garbage collection, heap and process metrics. */
  readonly runtime: boolean;
  /** Whether to expose the size histograms of request and response bodies. */
  readonly bodySizes: boolean;
  /** Resource attributes, the labels of `target_info`. */
  readonly resource: Readonly<Record<string, string>>;
  /** What the log path counts. */
  readonly logPath?: LogPath | undefined;
  /** Told once of each thing that an operator should know. */
  onProblem(problem: MetricsProblem): void;
}

export interface Metrics {
  /** The registry all metrics are in; the user's own go here too. */
  readonly registry: Registry;
  readonly http: HttpServerMetrics;
  readonly upgrades: UpgradeMetrics;
  readonly outgoing: HttpClientMetrics;
  readonly jobs: JobMetrics;
  /** Counts a log line; one map look-up. */
  countLogMessage(level: string): void;
  /** Writes all metrics, as text or as OpenMetrics by the Accept header; concurrent calls share one scrape. */
  render(accept: string | undefined): Promise<Scrape>;
  /** Disconnects observers and timers and takes the kit's metrics out of the registry. */
  close(): void;
}

const leastLabelSets = 10;

/**
 * Creates the kit's metrics in a registry; where an earlier kit's are in it, they are replaced.
 * @throws TaffrailError ERR_TAFFRAIL_CONFIG_INVALID for what is no registry or too low a limit,
 * ERR_TAFFRAIL_METRIC_CONFLICT when another metric has a name of the kit's.
 */
export function createMetrics(options: MetricsOptions): Metrics {
  const registry = resolveRegistry(options.registry);
  const limits: LabelSetLimitOptions = {
    maxLabelSets: checkedLimit(options.maxLabelSets),
    report: guarded((problem) => options.onProblem(problem)),
  };
  const http = new HttpServerCells({ ...limits, bodySizes: options.bodySizes });
  const upgrades = new UpgradeMetrics(limits);
  const outgoing = new HttpClientMetrics(limits);
  const jobs = new JobMetrics(limits);
  const logs = new LogMessageCounter(limits);
  const self = new SelfMetrics(limits, [
    ...http.limits,
    ...upgrades.limits,
    ...outgoing.limits,
    ...jobs.limits,
    logs.limit,
  ]);
  const parts: MetricsPart[] = [
    createTargetInfo(options.resource),
    http,
    upgrades,
    outgoing,
    jobs,
    logs,
    createLogMetrics(options.logPath),
    ...runtimeParts(options),
    self,
  ];
  const metrics = parts.flatMap((part) => part.metrics);
  const close = (): void => {
    for (const part of parts) part.close?.();
    unregisterOwnMetrics(registry, metrics);
  };
  try {
    registerOwnMetrics(registry, metrics, close);
  } catch (error) {
    close();
    throw error;
  }
  const scraper = new Scraper({
    registry,
    onFailure: (metricName, error) => self.countFailure(metricName, error),
    onScrape: (result) => self.countScrape(result),
  });
  const sayCopies = once(() => {
    const problem = findPromClientCopies(registry);
    if (problem !== undefined) limits.report(problem);
  });
  return {
    registry,
    http,
    upgrades,
    outgoing,
    jobs,
    countLogMessage: (level) => logs.count(level),
    render: (accept) => {
      // At the first scrape, not at the start: by then the application has loaded what it loads.
      sayCopies();
      return scraper.render(accept);
    },
    close,
  };
}

function checkedLimit(maxLabelSets: number): number {
  if (Number.isInteger(maxLabelSets) && maxLabelSets >= leastLabelSets) return maxLabelSets;
  throw new TaffrailError(
    "ERR_TAFFRAIL_CONFIG_INVALID",
    `The option metrics.maxLabelSets must be a whole number of at least ${leastLabelSets}.`,
  );
}

function runtimeParts({ runtime }: MetricsOptions): MetricsPart[] {
  if (!runtime) return [];
  return [createEventLoopMetrics(), createGcMetrics(), createHeapMetrics(), createProcessMetrics()];
}

/** Problems are reported from within requests: the reporter's own trouble must not become theirs. */
function guarded(report: ReportProblem): ReportProblem {
  return (problem) => {
    try {
      report(problem);
    } catch {
      // There is nobody left to tell.
    }
  };
}

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    run();
  };
}
