import type { EventLog } from "../logger/logger.ts";
import { isEventStream } from "./event-stream.ts";
import type { Exchange } from "./exchange.ts";
import type { MaskPath } from "./path-mask.ts";

export interface ActiveExchangesOptions {
  /** After so long an exchange is reported while it runs; 0 is never. */
  readonly slowMs: number;
  readonly events: EventLog;
  readonly maskPath: MaskPath;
}

/**
 * The exchanges under way, oldest first, linked through themselves. A Set would do the same with less code, but
 * its obsolete hash tables point at their successors: those that reached the old generation keep every
 * finished exchange alive until the next full collection, which doubled the time spent collecting.
 *
 * One sweep for all of them finds those that have run too long: a timer each would cost every request for the
 * sake of a few.
 */
export class ActiveExchanges {
  #oldest: Exchange | undefined;
  #newest: Exchange | undefined;
  #size = 0;
  readonly #slowMs: number;
  readonly #events: EventLog;
  readonly #maskPath: MaskPath;
  readonly #idleWaiters: (() => void)[] = [];
  #sweep: NodeJS.Timeout | undefined;

  constructor({ slowMs, events, maskPath }: ActiveExchangesOptions) {
    this.#slowMs = slowMs;
    this.#events = events;
    this.#maskPath = maskPath;
  }

  get size(): number {
    return this.#size;
  }

  /** Add an exchange that just began. */
  add(exchange: Exchange): void {
    this.#size++;
    exchange.older = this.#newest;
    if (this.#newest) this.#newest.newer = exchange;
    else this.#oldest = exchange;
    this.#newest = exchange;
    if (this.#slowMs > 0 && this.#sweep === undefined) this.#startSweep();
  }

  /** Remove an exchange that is in. */
  remove(exchange: Exchange): void {
    const { older, newer } = exchange;
    if (older) older.newer = newer;
    else this.#oldest = newer;
    if (newer) newer.older = older;
    else this.#newest = older;
    exchange.older = undefined;
    exchange.newer = undefined;
    this.#size--;
    if (this.#size === 0) for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  /** Milliseconds that the oldest exchange has been running; 0 where none is. */
  oldestAgeMs(): number {
    return this.#oldest?.ageMs ?? 0;
  }

  /** Resolve once no exchange is under way. */
  idle(): Promise<void> {
    if (this.#size === 0) return Promise.resolve();
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
    // The first that is young enough ends the search.
    for (let exchange = this.#oldest; exchange; exchange = exchange.newer) {
      if (exchange.ageMs < this.#slowMs) return;
      if (!exchange.reportedSlow && !isEventStream(exchange.source)) this.#report(exchange);
    }
  }

  #report(exchange: Exchange): void {
    exchange.reportedSlow = true;
    const route = exchange.source.route();
    const path = this.#maskPath(exchange.path, route);
    this.#events.write(
      "warn",
      `${exchange.method} ${route ?? path} still running`,
      {
        event_name: "http.server.request.slow",
        request_id: exchange.requestId,
        ...(exchange.traceId !== undefined && { trace_id: exchange.traceId }),
        ...(exchange.spanId !== undefined && { span_id: exchange.spanId }),
        http_request_method: exchange.method,
        ...(route !== undefined && { http_route: route }),
        url_path: path,
        duration_ms: Math.round(exchange.ageMs),
      },
      exchange.fields,
    );
  }
}
