import { afterEach } from "vitest";
import type { HttpServerSample } from "../../src/metrics/http-server-metrics.ts";
import type { MetricsProblem } from "../../src/metrics/label-set-limit.ts";
import { createMetrics, type Metrics, type MetricsOptions } from "../../src/metrics/metrics.ts";

export const openMetricsAccept = "application/openmetrics-text; version=1.0.0";

/** A finished GET of /orders/:id, with what a test changes. */
export function request(changes: Partial<HttpServerSample> = {}): HttpServerSample {
  return {
    method: "GET",
    scheme: "http",
    route: "/orders/:id",
    status: 200,
    errorType: undefined,
    durationSeconds: 0.02,
    recordDuration: true,
    requestBodyBytes: undefined,
    responseBodyBytes: undefined,
    traceId: undefined,
    spanId: undefined,
    ...changes,
  };
}

export interface TestMetrics extends Metrics {
  readonly problems: MetricsProblem[];
}

const opened: Metrics[] = [];

afterEach(() => {
  for (const metrics of opened.splice(0)) metrics.close();
});

/** Metrics that are closed after the test, with what they reported. */
export function openMetrics(changes: Partial<MetricsOptions> = {}): TestMetrics {
  const problems: MetricsProblem[] = [];
  const metrics = createMetrics({
    maxLabelSets: 1000,
    runtime: false,
    bodySizes: false,
    resource: { service_name: "shop", service_version: "1.4.0" },
    onProblem: (problem) => problems.push(problem),
    ...changes,
  });
  opened.push(metrics);
  return { ...metrics, problems };
}

/** The scrape's samples: the line without its value and exemplar → the value as text. */
export function samplesOf(body: string): Map<string, string> {
  const samples = new Map<string, string>();
  for (const line of body.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const match = /^([^{ ]+(?:\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?) (\S+)(?: # .*)?$/s.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) throw new Error(`no sample: ${line}`);
    if (samples.has(match[1])) throw new Error(`twice in one scrape: ${match[1]}`);
    samples.set(match[1], match[2]);
  }
  return samples;
}

/** The samples of one metric as text, for a failing test's sake in order. */
export function linesOf(body: string, metricName: string): string[] {
  return body
    .split("\n")
    .filter((line) => line.startsWith(`${metricName}{`) || line.startsWith(`${metricName} `));
}
