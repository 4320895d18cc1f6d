import type { Progress } from "../messages.ts";
import type { Seen } from "./client.ts";

/** Counts what the clients saw. */
export class Tally {
  /** Requests that reached the service. */
  sent = 0;
  /** Requests that got no answer: mostly, an overloaded service refused the connection. */
  failed = 0;
  /** Answers of 5xx, cut short, and none. */
  errors = 0;
  readonly #startedMs = performance.now();
  #last = { ms: performance.now(), requests: 0 };

  add(seen: Seen): void {
    if (seen === "failed") this.failed += 1;
    else this.sent += 1;
    if (seen === "failed" || seen === "cut" || (seen !== "left" && seen >= 500)) this.errors += 1;
  }

  /** How far it is, and the rate since it was asked last. */
  progress(phase: string): Progress {
    const now = performance.now();
    const requests = this.sent + this.failed;
    const perSecond = ((requests - this.#last.requests) * 1_000) / Math.max(1, now - this.#last.ms);
    this.#last = { ms: now, requests };
    return { phase, elapsedMs: now - this.#startedMs, requests, errors: this.errors, perSecond };
  }
}
