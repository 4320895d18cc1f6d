import { type Scope, scopes } from "../context/scope.ts";
import type { HttpExchanges } from "./exchanges.ts";
import type { ExchangePreferences } from "./preferences.ts";
import { propagationHeaders } from "./propagation.ts";
import { parseTraceparent, serverSpan } from "./trace-context.ts";

/**
 * A request with its response as an adapter shows them, in the words of RFC 9110. The exchange asks; the
 * adapter answers what its framework knows, and decides nothing.
 */
export interface ExchangeSource {
  /** The method as sent. */
  readonly method: string;
  /** The request target as sent, before any router rewrote it. */
  readonly target: string;
  readonly scheme: "http" | "https";
  /** `1.1`, `2`; undefined where the platform keeps it to itself. */
  readonly httpVersion: string | undefined;
  /** A request header by lower-case name; several of one name joined by ", ". */
  requestHeader(name: string): string | undefined;
  /** The connection to the client is still there. */
  isConnected(): boolean;
  /** What the application decides of it by itself, where it has a place to. */
  readonly preferences?: ExchangePreferences | undefined;

  // What follows is asked when the exchange ends.

  /** The status that was sent; undefined where the client left before any was. */
  status(): number | undefined;
  /** The response reached its end; false where the client left, or the connection broke. */
  isComplete(): boolean;
  /** The service itself ended the connection before the response had reached its end. */
  isBrokenOff(): boolean;
  /** The error it did so with, where there was one. */
  responseError(): unknown;
  /** The template of the route that matched; undefined where none did. */
  route(): string | undefined;
  /** The client's address, through trusted proxies where the framework knows them. */
  clientAddress(): string | undefined;
  /** A response header by lower-case name. */
  responseHeader(name: string): string | undefined;
}

/** What was made of a request when it arrived. */
export interface ExchangeIdentity {
  readonly path: string;
  /** The method, brought to the bounded set. */
  readonly method: string;
  readonly requestId: string;
}

/**
 * One request with its response: the port between a framework's adapter and the kit. Ids, levels, names and
 * whether to log are decided on this side of it.
 */
export class Exchange implements Scope {
  readonly source: ExchangeSource;
  readonly path: string;
  readonly method: string;
  readonly requestId: string;
  traceId: string | undefined;
  spanId: string | undefined;
  /** Monotonic milliseconds at which the request arrived. */
  readonly startedMs: number = performance.now();
  fields: Record<string, unknown> | undefined = undefined;
  /** What was thrown, if anything was. */
  error: unknown = undefined;
  /** The service failed before the client left: not the other way round. */
  hasFailed = false;
  /** Whether "still running" has been said of it. */
  reportedSlow = false;
  /** It is one of the kit's own endpoints: logged at debug, not measured. */
  isHushed = false;
  /** Its neighbours among the active exchanges, which alone sets them. */
  older: Exchange | undefined = undefined;
  newer: Exchange | undefined = undefined;
  readonly #exchanges: HttpExchanges;
  #finished = false;

  constructor(exchanges: HttpExchanges, source: ExchangeSource, identity: ExchangeIdentity) {
    this.#exchanges = exchanges;
    this.source = source;
    this.path = identity.path;
    this.method = identity.method;
    this.requestId = identity.requestId;
    const traceparent = source.requestHeader("traceparent");
    const ids = serverSpan() ?? (traceparent === undefined ? undefined : parseTraceparent(traceparent));
    this.traceId = ids?.traceId;
    this.spanId = ids?.spanId;
  }

  get owner(): object {
    return this.#exchanges;
  }

  /** Milliseconds since the request arrived. */
  get ageMs(): number {
    return performance.now() - this.startedMs;
  }

  /** Run the application's part of the exchange, so that lines written anywhere below carry its ids. */
  run<T>(work: () => T): T {
    return scopes.run(this, work);
  }

  /**
   * Have the rest of the caller's synchronous work, and all that it starts, run in this scope: for a host that calls the
   * application by itself. {@link Exchange.run} ends by itself; this ends with the caller's own context.
   */
  enter(): void {
    scopes.enterWith(this);
  }

  /**
   * Take the span at hand for the request's own, where there is one: for a host that begins it once the exchange is open.
   *
   * @returns whether there was one
   */
  adoptSpan(): boolean {
    const span = serverSpan();
    if (span === undefined) return false;
    this.traceId = span.traceId;
    this.spanId = span.spanId;
    return true;
  }

  /** Add fields to the completion line and to every later line of this exchange; a later one of a name wins. */
  addFields(fields: Readonly<Record<string, unknown>>): void {
    this.fields = { ...this.fields, ...fields };
  }

  hush(): void {
    this.isHushed = true;
  }

  propagationHeaders(): Record<string, string> {
    // A traceparent that was not well formed is not passed on.
    const trusted = this.traceId === undefined ? undefined : this.source;
    return propagationHeaders(this.#exchanges.requestIdHeader, this.requestId, trusted);
  }

  /**
   * Tell the error that was thrown. The first counts: what follows is mostly its echo, as is what is thrown
   * because the client left.
   */
  fail(error: unknown): void {
    if (this.error !== undefined) return;
    this.error = error;
    this.hasFailed = this.source.isConnected();
  }

  /**
   * Tell the error that no error handler took. Where it isn't the one told before, it is a handler's own, and has a
   * line to itself: the completion line keeps the error that came first.
   */
  failUnhandled(error: unknown): void {
    const first = this.error;
    this.fail(error);
    if (first === undefined || first === error || !this.source.isConnected()) return;
    this.#exchanges.loggerOf(this).error({ err: error }, "an error handler failed");
  }

  /** End the exchange: one completion line and one observation, however often it is called. */
  finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    if (!this.hasFailed && this.source.isBrokenOff()) {
      // What a framework told once the connection was gone is an echo of it.
      this.error = this.source.responseError() ?? this.error;
      this.hasFailed = true;
    }
    this.#exchanges.complete(this);
  }
}

/** The exchange on whose behalf the code at hand runs, if there is one: also one that another copy of the package opened. */
export function currentExchange(): Exchange | undefined {
  const scope = scopes.getStore();
  return scope !== undefined && "source" in scope ? (scope as Exchange) : undefined;
}
