import type { MetricName } from "../../../src/metrics/names.ts";
import { f, histogram } from "./names.ts";

const chosen = [
  `${f.service_name}=~"$${f.service_name}"`,
  `${f.deployment_environment_name}=~"$${f.deployment_environment_name}"`,
];

/** The series of a metric that the dashboard's variables select. */
export function series(name: string, ...matchers: readonly string[]): string {
  return `${name}{${[...chosen, ...matchers].join(", ")}}`;
}

/** Its rate over a few scrapes. */
export function rate(name: string, ...matchers: readonly string[]): string {
  return `rate(${series(name, ...matchers)}[$__rate_interval])`;
}

/** How much it grew in the time range shown. */
export function increase(name: string, ...matchers: readonly string[]): string {
  return `increase(${series(name, ...matchers)}[$__range])`;
}

/** A quantile of a histogram, by labels. */
export function quantile(
  q: number,
  name: MetricName,
  { by = [], where = [] }: { readonly by?: readonly string[]; readonly where?: readonly string[] } = {},
): string {
  const grouping = ["le", ...by].join(", ");
  return `histogram_quantile(${q}, sum by (${grouping}) (${rate(histogram(name).bucket, ...where)}))`;
}

/** `sum by (…) (…)`; by nothing, the sum of all. */
export function sumBy(labels: readonly string[], inner: string): string {
  return labels.length === 0 ? `sum(${inner})` : `sum by (${labels.join(", ")}) (${inner})`;
}

/** No series is not 0: for sums without labels only, whose panel would else be empty. */
export function orZero(expression: string): string {
  return `${expression} or vector(0)`;
}
