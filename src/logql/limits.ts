/** What a query may ask for. */
export interface Limits {
  /**
   * Series in a result.
   * @default 500, as Loki's max_query_series
   */
  readonly maxSeries: number;
  /**
   * Series an inner aggregation may hold on the way.
   * @default 100000
   */
  readonly maxInnerSeries: number;
  /**
   * Entries a log query may return.
   * @default 5000, as Loki's max_entries_limit_per_query
   */
  readonly maxEntries: number;
  /**
   * Steps of a range query.
   * @default 11000, as Loki's
   */
  readonly maxSteps: number;
}

/** Fill in the defaults. */
export function resolveLimits(limits: Partial<Limits> = {}): Limits {
  return Object.freeze({
    maxSeries: 500,
    maxInnerSeries: 100_000,
    maxEntries: 5000,
    maxSteps: 11_000,
    ...limits,
  });
}
