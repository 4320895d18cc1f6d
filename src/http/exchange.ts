import { type Scope, scopes } from "../context/scope.ts";
import type { HttpExchanges } from "./exchanges.ts";
import { propagationHeaders } from "./propagation.ts";
import { activeSpan, parseTraceparent } from "./trace-context.ts";

/** A request as an adapter tells it, in the words of RFC 9110. */
export interface RequestHead {
  /** The method as sent. */
  readonly method: string;
  /** The request target as sent, before any router rewrote it. */
  readonly target: string;
  readonly scheme: "http" | "https";
  readonly httpVersion: string;
  /** A header by lower-case name; several of one name joined by ", ". */
  header(name: string): string | undefined;
}

/** How an exchange ended, as an adapter tells it. */
export interface ResponseEnd {
  /** The status that was sent; undefined where the client left before any was. */
  readonly status: number | undefined;
  /** The response did not reach its end. */
  readonly aborted: boolean;
  /** The route's template; undefined where none matched. */
  readonly route: string | undefined;
  readonly clientAddress: string | undefined;
  /** A response header by lower-case name. */
  header(name: string): string | undefined;
}

/**
 * One request with its response (RFC 9110): the port between a framework's adapter and the kit. The
 * adapter says what happened; ids, levels, names and whether to log are decided here.
 */
export class Exchange implements Scope {
  readonly head: RequestHead;
  readonly path: string;
  readonly method: string;
  readonly requestId: string;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  /** Monotonic milliseconds at which the request arrived. */
  readonly startedMs: number = performance.now();
  fields: Record<string, unknown> | undefined = undefined;
  error: unknown = undefined;
  /** Whether "still running" has been said of it. */
  reportedSlow = false;
  readonly #exchanges: HttpExchanges;
  #finished = false;

  constructor(
    exchanges: HttpExchanges,
    head: RequestHead,
    identity: { path: string; method: string; requestId: string },
  ) {
    this.#exchanges = exchanges;
    this.head = head;
    this.path = identity.path;
    this.method = identity.method;
    this.requestId = identity.requestId;
    const traceparent = head.header("traceparent");
    const ids = activeSpan() ?? (traceparent === undefined ? undefined : parseTraceparent(traceparent));
    this.traceId = ids?.traceId;
    this.spanId = ids?.spanId;
  }

  /** Milliseconds since the request arrived. */
  get ageMs(): number {
    return performance.now() - this.startedMs;
  }

  /** Run the application's part of the exchange, so that lines written anywhere below carry its ids. */
  run<T>(work: () => T): T {
    return scopes.run(this, work);
  }

  /** Add fields to the completion line and to every later line of this exchange; a later one of a name wins. */
  addFields(fields: Readonly<Record<string, unknown>>): void {
    this.fields = { ...this.fields, ...fields };
  }

  propagationHeaders(): Record<string, string> {
    // A traceparent that was not well formed is not passed on.
    return propagationHeaders(
      this.#exchanges.requestIdHeader,
      this.requestId,
      this.traceId === undefined ? undefined : this.head,
    );
  }

  /** Tell the error that was thrown. The first counts: what follows is mostly its echo. */
  fail(error: unknown): void {
    this.error ??= error;
  }

  /** End the exchange: one completion line and one observation, however often it is called. */
  finish(end: ResponseEnd): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#exchanges.complete(this, end);
  }
}
