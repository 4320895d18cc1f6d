import type { EventLog } from "../logger/logger.ts";
import type { Exchange } from "./exchange.ts";

/**
 * The exchanges under way, oldest first. One sweep for all of them finds those that have run too
 * long: a timer each would cost every request for the sake of a few.
 */
export class ActiveExchanges {
  readonly #exchanges = new Set<Exchange>();
  readonly #slowMs: number;
  readonly #events: EventLog;
  readonly #idleWaiters: (() => void)[] = [];
  #sweep: NodeJS.Timeout | undefined;

  constructor(slowMs: number, events: EventLog) {
    this.#slowMs = slowMs;
    this.#events = events;
  }

  get size(): number {
    return this.#exchanges.size;
  }

  add(exchange: Exchange): void {
    this.#exchanges.add(exchange);
    if (this.#slowMs > 0 && this.#sweep === undefined) this.#startSweep();
  }

  delete(exchange: Exchange): void {
    this.#exchanges.delete(exchange);
    if (this.#exchanges.size === 0 && this.#idleWaiters.length > 0) {
      for (const resolve of this.#idleWaiters.splice(0)) resolve();
    }
  }

  /** Milliseconds that the oldest exchange has been running; 0 where none is. */
  oldestAgeMs(): number {
    for (const exchange of this.#exchanges) return exchange.ageMs;
    return 0;
  }

  /** Resolve once no exchange is under way. */
  idle(): Promise<void> {
    if (this.#exchanges.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  close(): void {
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }

  #startSweep(): void {
    // A quarter of the threshold: reported at most 25 % late.
    this.#sweep = setInterval(() => this.#reportSlow(), Math.max(10, this.#slowMs / 4)).unref();
  }

  #reportSlow(): void {
    for (const exchange of this.#exchanges) {
      // A Set keeps the order of arrival: the first that is young enough ends the search.
      if (exchange.ageMs < this.#slowMs) return;
      if (!exchange.reportedSlow) this.#report(exchange);
    }
  }

  #report(exchange: Exchange): void {
    exchange.reportedSlow = true;
    this.#events.write(
      "warn",
      `${exchange.method} ${exchange.path} still running`,
      {
        event_name: "http.server.request.slow",
        request_id: exchange.requestId,
        ...(exchange.traceId !== undefined && { trace_id: exchange.traceId }),
        ...(exchange.spanId !== undefined && { span_id: exchange.spanId }),
        http_request_method: exchange.method,
        url_path: exchange.path,
        duration_ms: Math.round(exchange.ageMs),
      },
      exchange.fields,
    );
  }
}
