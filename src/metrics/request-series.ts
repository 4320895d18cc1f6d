import { HistogramCell } from "./histogram-cell.ts";
import { boundedLabel, knownStatus, methodSchemeIndex, methodSchemeLabels } from "./http-labels.ts";
import type { HttpServerSample } from "./http-server-metrics.ts";
import { type LabelSetLimit, overflowLabels } from "./label-set-limit.ts";
import { metricDefinitions } from "./names.ts";
import type { Labels } from "./own-metric.ts";

/** Everything the kit keeps for one label set of a request. */
export class RequestSeries {
  readonly labels: Labels;
  readonly duration: HistogramCell;
  untimed = 0;
  #requestSize: HistogramCell | undefined;
  #responseSize: HistogramCell | undefined;

  constructor(labels: Labels) {
    this.labels = labels;
    this.duration = new HistogramCell(labels, durationBounds);
  }

  // Body sizes are opt-in: their cells cost nothing until one is asked for.
  get requestSize(): HistogramCell {
    this.#requestSize ??= new HistogramCell(this.labels, sizeBounds);
    return this.#requestSize;
  }

  get responseSize(): HistogramCell {
    this.#responseSize ??= new HistogramCell(this.labels, sizeBounds);
    return this.#responseSize;
  }
}

const durationBounds = metricDefinitions.http_server_request_duration_seconds.buckets ?? [];
const sizeBounds = metricDefinitions.http_server_request_body_size_bytes.buckets ?? [];
const statusRange = 1024;

/**
 * The label sets of requests, found by three map look-ups (route, then method with scheme and status as one
 * number, then error type): no text is built for a key.
 */
export class RequestSeriesTable {
  readonly #limit: LabelSetLimit;
  readonly #routes = new Map<string | undefined, Map<number, Map<string | undefined, RequestSeries>>>();
  #overflow: RequestSeries | undefined;
  #all: RequestSeries[] = [];

  constructor(limit: LabelSetLimit) {
    this.#limit = limit;
  }

  find(sample: HttpServerSample): RequestSeries {
    const route = boundedLabel(sample.route);
    const errorType = boundedLabel(sample.errorType);
    const key = methodSchemeIndex(sample.method, sample.scheme) * statusRange + knownStatus(sample.status);
    return this.#routes.get(route)?.get(key)?.get(errorType) ?? this.#add(route, key, errorType);
  }

  all(): readonly RequestSeries[] {
    return this.#overflow === undefined ? this.#all : [...this.#all, this.#overflow];
  }

  clear(): void {
    this.#routes.clear();
    this.#all = [];
    this.#overflow = undefined;
    this.#limit.clear();
  }

  #add(route: string | undefined, key: number, errorType: string | undefined): RequestSeries {
    if (!this.#limit.take()) {
      this.#overflow ??= new RequestSeries(overflowLabels);
      return this.#overflow;
    }
    const series = new RequestSeries(requestLabels(route, key, errorType));
    const byOutcome = getOrAdd(this.#routes, route, () => new Map());
    getOrAdd(byOutcome, key, () => new Map()).set(errorType, series);
    this.#all.push(series);
    return series;
  }
}

/** A label that is not known is left out: to Prometheus the same as empty, and what OpenTelemetry's exporters do. */
function requestLabels(route: string | undefined, key: number, errorType: string | undefined): Labels {
  const labels = methodSchemeLabels(Math.floor(key / statusRange));
  const status = key % statusRange;
  if (route !== undefined) labels["http_route"] = route;
  if (status !== 0) labels["http_response_status_code"] = String(status);
  if (errorType !== undefined) labels["error_type"] = errorType;
  return labels;
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
}
