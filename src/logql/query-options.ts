import type { Limits } from "./limits.ts";
import type { ProfileVersion } from "./profile.ts";
import type { Direction, QueryResult } from "./result.ts";

/** Nanoseconds since 1970. */
export type Nanoseconds = bigint | string;

export interface EngineOptions {
  /** What a query may ask for. */
  readonly limits?: Partial<Limits>;
  /**
   * The version of Loki whose answers the engine gives.
   * @default "3.7"
   */
  readonly profile?: ProfileVersion;
}

export interface InstantQueryOptions {
  readonly time: Nanoseconds;
  /**
   * Evaluate as Loki's ruler does, for rules; a grouped avg_over_time differs from the HTTP API's.
   * @default false
   */
  readonly asRuler?: boolean;
  /** @default 100 */
  readonly limit?: number;
  /** @default "backward" */
  readonly direction?: Direction;
}

export interface RangeQueryOptions {
  readonly start: Nanoseconds;
  readonly end: Nanoseconds;
  /**
   * Time between two evaluations of a metric query: nanoseconds as a bigint, seconds as a number, or a duration's text.
   * @default a 250th of the range, at least a second
   */
  readonly step?: bigint | number | string;
  /**
   * Group the entries of a log query by the labels of their streams alone, and give each its other labels.
   * @default false
   */
  readonly categorizeLabels?: boolean;
  /** @default 100 */
  readonly limit?: number;
  /** @default "backward" */
  readonly direction?: Direction;
}

export interface Engine {
  /** Evaluate at one time. @throws LogqlError */
  query(expression: string, options: InstantQueryOptions): QueryResult;
  /** Evaluate over a range: a log query reads start <= time < end, a metric query each step of it. @throws LogqlError */
  queryRange(expression: string, options: RangeQueryOptions): QueryResult;
}
