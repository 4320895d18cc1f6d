import type { MetricsPart } from "./metrics-part.ts";
import { OwnMetric } from "./own-metric.ts";

/**
 * Says what is scraped: the resource attributes as labels of a constant 1.
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#resource-attributes
 */
export function createTargetInfo(resource: Readonly<Record<string, string>>): MetricsPart {
  const labels: Record<string, string> = {};
  for (const [name, value] of Object.entries(resource)) {
    const label = labelName(name);
    const earlier = labels[label];
    // Two attributes that become one label are joined, as the compatibility specification has it.
    labels[label] = earlier === undefined ? value : `${earlier};${value}`;
  }
  return { metrics: [new OwnMetric("target_info", { read: () => [{ labels, value: 1 }] })] };
}

/** Attribute names may come from OTEL_RESOURCE_ATTRIBUTES and hold anything; label names may not. */
function labelName(attribute: string): string {
  const label = attribute.replace(/[^a-zA-Z0-9_]/g, "_");
  return /^[0-9]/.test(label) || label === "" ? `key_${label}` : label;
}
