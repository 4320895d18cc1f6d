import { splitTimestamp, type Timestamp } from "./store/timestamp.ts";

/**
 * Times of one query, as nanoseconds after its start. A number holds them exactly for 104 days on either side.
 */
export class QueryTime {
  readonly base: Timestamp;

  constructor(base: bigint | string) {
    this.base = splitTimestamp(base);
  }

  /** Nanoseconds from the base to this time. */
  relative(ms: number, subNs: number): number {
    return (ms - this.base.ms) * 1e6 + (subNs - this.base.subNs);
  }

  /** The whole milliseconds since 1970 of a relative time, rounded down: a chunk is left out by them. */
  toMs(relativeNs: number): number {
    return this.base.ms + Math.floor((relativeNs + this.base.subNs) / 1e6);
  }
}
