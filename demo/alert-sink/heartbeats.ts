import type { Taffrail } from "taffrail";
import type { Clock } from "./clock.ts";

export interface HeartbeatsOptions {
  readonly kit: Taffrail;
  /** The alerts that always fire while the chain is whole. */
  readonly names: readonly string[];
  /** How long one may stay away. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/**
 * Watches for alerts that must keep coming. Where one stays away, something between its rule and here is dead: that is
 * logged once, and the service is not ready until it comes again.
 */
export class Heartbeats {
  readonly #options: HeartbeatsOptions;
  readonly #lastMs: Map<string, number>;
  readonly #missing = new Set<string>();

  constructor(options: HeartbeatsOptions) {
    this.#options = options;
    // Each gets its time from the start on.
    this.#lastMs = new Map(options.names.map((name) => [name, options.clock()]));
    options.kit.health.add("heartbeats", () => {
      this.look();
      if (this.#missing.size > 0) throw new Error(`no heartbeat: ${[...this.#missing].join(", ")}`);
    });
  }

  /** Seconds since each came, or since the start. */
  agesSeconds(): ReadonlyMap<string, number> {
    const now = this.#options.clock();
    return new Map([...this.#lastMs].map(([name, lastMs]) => [name, (now - lastMs) / 1000]));
  }

  beat(name: string): void {
    if (!this.#lastMs.has(name)) return;
    this.#lastMs.set(name, this.#options.clock());
    if (!this.#missing.delete(name)) return;
    this.#options.kit.log.info({ event_name: "alert.heartbeat_back", alert_name: name }, "heartbeat is back");
  }

  /** Look whether one stays away. */
  look(): void {
    const { kit, timeoutMs } = this.#options;
    for (const [name, ageSeconds] of this.agesSeconds()) {
      if (ageSeconds * 1000 < timeoutMs || this.#missing.has(name)) continue;
      this.#missing.add(name);
      kit.log.error(
        { event_name: "alert.heartbeat_missing", alert_name: name, age_seconds: Math.round(ageSeconds) },
        `no heartbeat ${name}: between its rule and here something is dead`,
      );
    }
  }
}
