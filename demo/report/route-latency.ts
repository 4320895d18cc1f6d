import { parseValue, type Sample } from "./scrape.ts";

/** How long a route's requests took, in milliseconds. */
export interface RouteLatency {
  readonly route: string;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

const histogram = "http_server_request_duration_seconds";

/** Read each route's latencies back from the histogram, the most frequent route first. */
export function routeLatencies(samples: readonly Sample[]): RouteLatency[] {
  const routes = new Map<string, Map<number, number>>();
  for (const { name, labels, value } of samples) {
    if (name !== `${histogram}_bucket`) continue;
    const route = `${labels["http_request_method"]} ${labels["http_route"] ?? "(no route)"}`;
    const buckets = routes.get(route) ?? new Map<number, number>();
    routes.set(route, buckets);
    const bound = parseValue(labels["le"]);
    buckets.set(bound, (buckets.get(bound) ?? 0) + value);
  }
  return [...routes]
    .map(([route, buckets]) => latencyOf(route, buckets))
    .sort((a, b) => b.requests - a.requests);
}

function latencyOf(route: string, buckets: ReadonlyMap<number, number>): RouteLatency {
  return {
    route,
    requests: buckets.get(Number.POSITIVE_INFINITY) ?? 0,
    p50Ms: quantile(buckets, 0.5) * 1_000,
    p95Ms: quantile(buckets, 0.95) * 1_000,
  };
}

/**
 * Estimate a quantile as Prometheus does: evenly spread within a bucket; above the last bound, the last bound.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
 */
export function quantile(buckets: ReadonlyMap<number, number>, share: number): number {
  const ascending = [...buckets].sort(([a], [b]) => a - b);
  const rank = share * (ascending.at(-1)?.[1] ?? 0);
  let below = { bound: 0, count: 0 };
  for (const [bound, count] of ascending) {
    if (count >= rank && count > below.count) {
      if (bound === Number.POSITIVE_INFINITY) return below.bound;
      return below.bound + ((bound - below.bound) * (rank - below.count)) / (count - below.count);
    }
    below = { bound, count };
  }
  return Number.NaN;
}
