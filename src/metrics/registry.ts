import { type OpenMetricsContentType, Registry } from "prom-client";
import { TaffrailError } from "../errors.ts";
import type { Labels, MetricFamily, OwnMetric } from "./own-metric.ts";

/** A registry of prom-client's; of any copy of it, since only its structure is used. */
export type AnyRegistry = Registry | Registry<OpenMetricsContentType>;

/** What a registered metric has, whoever wrote it. */
export interface RegisteredMetric {
  readonly name: string;
  readonly unit?: string;
  readonly closeTaffrail?: () => void;
  get(): Promise<MetricFamily> | MetricFamily;
  /** Histograms of prom-client: cheaper than `get`, with shared labels apart. */
  getForPromString?(): Promise<MetricFamily> | MetricFamily;
}

const neededMethods = [
  "registerMetric",
  "getSingleMetric",
  "removeSingleMetric",
  "getMetricsAsArray",
] as const;

/** Answers the given registry, or a new one. @throws TaffrailError when what was given is no registry. */
export function resolveRegistry(given: AnyRegistry | undefined): Registry {
  if (given === undefined) return new Registry();
  const missing = neededMethods.find((method) => typeof given?.[method] !== "function");
  if (missing !== undefined) {
    throw new TaffrailError(
      "ERR_TAFFRAIL_CONFIG_INVALID",
      `The option metrics.registry must be a prom-client Registry: it has no ${missing}().`,
    );
  }
  // The content type is all that differs between the two types, and the kit never reads or sets it.
  return given as Registry;
}

/**
 * Registers the kit's metrics. Those of an earlier kit, as after a hot reload, are closed and replaced; the
 * user's stay.
 * @throws TaffrailError, before anything is changed, when a metric that is not the kit's has one of the names.
 */
export function registerOwnMetrics(
  registry: Registry,
  metrics: readonly OwnMetric[],
  close: () => void,
): void {
  const earlier = metrics
    .map(({ name }) => findMetric(registry, name))
    .filter((found) => found !== undefined);
  const foreign = earlier.find((metric) => metric.closeTaffrail === undefined);
  if (foreign !== undefined) {
    throw new TaffrailError(
      "ERR_TAFFRAIL_METRIC_CONFLICT",
      `The registry already holds a metric "${foreign.name}" that is not Taffrail's. Rename it, or give Taffrail a registry of its own.`,
    );
  }
  for (const metric of earlier) metric.closeTaffrail?.();
  for (const metric of metrics) {
    metric.closeTaffrail = close;
    // prom-client's type asks for one of its four classes; its code for a name and get().
    registry.registerMetric(metric as unknown as Parameters<Registry["registerMetric"]>[0]);
  }
}

/** Removes the metrics that are still these very ones. */
export function unregisterOwnMetrics(registry: Registry, metrics: readonly OwnMetric[]): void {
  for (const metric of metrics) {
    const name = registeredName(registry, metric);
    if (findMetric(registry, name) === metric) registry.removeSingleMetric(name);
  }
}

export function registeredMetrics(registry: Registry): readonly RegisteredMetric[] {
  // prom-client types these as bare descriptions; they are the metrics themselves.
  return registry.getMetricsAsArray() as unknown as readonly RegisteredMetric[];
}

/** The name a metric was registered by: an OpenMetrics scrape by prom-client cuts `_total` off a counter's own. */
export function registeredName(registry: Registry, metric: { readonly name: string }): string {
  const original = `${metric.name}_total`;
  return Object.is(registry.getSingleMetric(original), metric) ? original : metric.name;
}

/** The labels that the registry adds to every sample. */
export function defaultLabels(registry: Registry): Labels {
  // Not in prom-client's types, and there is no other way to read what setDefaultLabels was given.
  const { _defaultLabels } = registry as { readonly _defaultLabels?: Labels };
  return _defaultLabels ?? {};
}

function findMetric(registry: Registry, name: string): RegisteredMetric | undefined {
  return registry.getSingleMetric(name) as unknown as RegisteredMetric | undefined;
}
