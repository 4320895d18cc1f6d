import type { HttpOptions, RedactOptions } from "../config/options.ts";
import type { EventLog } from "../logger/logger.ts";
import type { HttpServerMetrics } from "../metrics/http-server-metrics.ts";
import { ActiveExchanges } from "./active-exchanges.ts";
import { type CompletionOptions, completionLine } from "./completion-line.ts";
import { Exchange, type RequestHead, type ResponseEnd } from "./exchange.ts";
import { boundedMethod } from "./method.ts";
import { errorTypeOf, outcomeOf } from "./outcome.ts";
import { createPathList } from "./path-list.ts";
import { createRequestIds, isRequestId } from "./request-id.ts";
import { pathOf } from "./target.ts";

/** What the exchanges of a process need. */
export interface HttpExchangesOptions {
  readonly http: Omit<Required<HttpOptions>, "level"> & Pick<HttpOptions, "level">;
  readonly redact: Required<RedactOptions>;
  readonly events: EventLog;
  readonly metrics: HttpServerMetrics;
}

/** A connection whose bytes were no HTTP, as an adapter tells it. */
export interface ClientError {
  /** The parser's code, `HPE_INVALID_METHOD` for one. */
  readonly code: string;
  /** The status it was answered with; undefined where the connection was just closed. */
  readonly status: number | undefined;
  readonly clientAddress: string | undefined;
}

/** The exchanges of one process: the way in for adapters. */
export class HttpExchanges {
  /** The lower-case name of the header that carries the request id. */
  readonly requestIdHeader: string;
  readonly active: ActiveExchanges;
  readonly #options: HttpExchangesOptions;
  readonly #completion: CompletionOptions;
  readonly #isSkipped: (path: string) => boolean;
  readonly #nextId: () => string = createRequestIds();

  constructor(options: HttpExchangesOptions) {
    const { http, redact, events, metrics } = options;
    this.#options = options;
    this.requestIdHeader = http.requestIdHeader.toLowerCase();
    this.#isSkipped = createPathList(http.skip);
    this.#completion = {
      isQuiet: createPathList(http.quiet),
      queryAllow: new Set(redact.queryAllow),
      level: http.level,
    };
    this.active = new ActiveExchanges(http.slowRequestMs, events);
    metrics.setOldestActiveAge(() => this.active.oldestAgeMs() / 1_000);
  }

  /** Begin an exchange; undefined for a path that is not to be watched. */
  begin(head: RequestHead): Exchange | undefined {
    const path = pathOf(head.target);
    if (this.#isSkipped(path)) return undefined;
    const method = boundedMethod(head.method);
    const exchange = new Exchange(this, head, { path, method, requestId: this.#requestId(head) });
    this.active.add(exchange);
    this.#options.metrics.begin(method, head.scheme);
    return exchange;
  }

  /** Write down that an exchange ended. For {@link Exchange.finish}, which sees to it that it happens once. */
  complete(exchange: Exchange, end: ResponseEnd): void {
    const { metrics, events } = this.#options;
    const durationMs = exchange.ageMs;
    const outcome = outcomeOf(end.status, end.aborted);
    const errorType = errorTypeOf(outcome, end.status, exchange.error);
    this.active.delete(exchange);
    metrics.end(exchange.method, exchange.head.scheme);
    metrics.observe({
      method: exchange.method,
      scheme: exchange.head.scheme,
      route: end.route,
      status: end.status,
      errorType,
      durationSeconds: durationMs / 1_000,
      // A stream of events lasts as long as its reader likes: its length says nothing of the service.
      recordDuration: end.header("content-type")?.startsWith("text/event-stream") !== true,
      requestBodyBytes: bytes(exchange.head.header("content-length")),
      responseBodyBytes: bytes(end.header("content-length")),
      traceId: exchange.traceId,
      spanId: exchange.spanId,
    });
    completionLine(events, this.#completion, { exchange, end, outcome, errorType, durationMs });
  }

  /** Write down a connection that sent no HTTP: no request, no exchange, yet something happened. */
  clientError(error: ClientError): void {
    this.#options.metrics.clientError(error.code);
    this.#options.events.write("warn", `malformed request refused: ${error.code}`, {
      event_name: "http.server.client_error",
      error_type: error.code,
      ...(error.status !== undefined && { http_response_status_code: error.status }),
      ...(error.clientAddress !== undefined && { client_address: error.clientAddress }),
    });
  }

  #requestId(head: RequestHead): string {
    const sent = this.#options.http.trustRequestId ? head.header(this.requestIdHeader) : undefined;
    return sent !== undefined && isRequestId(sent) ? sent : this.#nextId();
  }
}

function bytes(contentLength: string | undefined): number | undefined {
  return contentLength === undefined ? undefined : Number(contentLength);
}
