import type { Logger as PinoLogger } from "pino";
import type { HttpOptions, RedactOptions } from "../config/options.ts";
import type { Scope } from "../context/scope.ts";
import type { ContractFields } from "../contract/line.ts";
import { bindScope } from "../logger/bind-scope.ts";
import type { EventLog } from "../logger/logger.ts";
import { createProblems, type Problem } from "../logger/problems.ts";
import { createRedaction } from "../logger/redaction/redaction.ts";
import type { HttpServerMetrics } from "../metrics/http-server-metrics.ts";
import type { UpgradeMetrics } from "../metrics/upgrade-metrics.ts";
import { ActiveExchanges } from "./active-exchanges.ts";
import { plainAddress } from "./client-address.ts";
import { createCommonFields } from "./common-fields.ts";
import { type CompletedExchange, complete } from "./completed-exchange.ts";
import { type CompletionOptions, writeCompletionLine } from "./completion-line.ts";
import { Exchange, type ExchangeSource } from "./exchange.ts";
import { boundedMethod } from "./method.ts";
import { createPathList } from "./path-list.ts";
import { createPathMask } from "./path-mask.ts";
import { createRequestIds, isRequestId } from "./request-id.ts";
import { maskedQuery, pathOf } from "./target.ts";
import { Upgrades } from "./upgrades.ts";

/** What the exchanges of a process need. */
export interface HttpExchangesOptions {
  readonly http: Omit<Required<HttpOptions>, "level"> & Pick<HttpOptions, "level">;
  readonly redact: Required<RedactOptions>;
  readonly log: PinoLogger;
  readonly events: EventLog;
  readonly metrics: HttpServerMetrics;
  readonly upgradeMetrics: UpgradeMetrics;
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
  /** The connections that leave HTTP. */
  readonly upgrades: Upgrades;
  readonly #options: HttpExchangesOptions;
  readonly #completion: CompletionOptions;
  readonly #isSkipped: (path: string) => boolean;
  readonly #nextId: () => string = createRequestIds();
  readonly #problem: (problem: Problem) => void;

  constructor(options: HttpExchangesOptions) {
    const { http, redact, events, metrics } = options;
    const { level } = http;
    this.#options = options;
    this.#problem = createProblems(events);
    this.requestIdHeader = http.requestIdHeader.toLowerCase();
    this.#isSkipped = createPathList(http.skip);
    const maskPath = createPathMask(createRedaction(redact.keys), redact.paths);
    this.#completion = {
      isQuiet: createPathList(http.quiet),
      maskPath,
      commonFields: createCommonFields(),
      queryAllow: new Set(redact.queryAllow),
      level: level && ((input) => this.inCare("http.level", () => level(input))),
    };
    this.active = new ActiveExchanges({ slowMs: http.slowRequestMs, events, maskPath });
    this.upgrades = new Upgrades({
      owner: this,
      requestIdHeader: this.requestIdHeader,
      requestId: (source) => this.#requestId(source),
      isSkipped: this.#isSkipped,
      maskPath,
      queryAllow: this.#completion.queryAllow,
      events,
      metrics: options.upgradeMetrics,
    });
    metrics.setOldestActiveAge(() => this.active.oldestAgeMs() / 1_000);
  }

  /** Begin an exchange; undefined for a path that is not to be watched. */
  begin(source: ExchangeSource): Exchange | undefined {
    const path = pathOf(source.target);
    if (this.#isSkipped(path)) return undefined;
    const method = boundedMethod(source.method);
    const exchange = new Exchange(this, source, { path, method, requestId: this.#requestId(source) });
    this.active.add(exchange);
    this.#options.metrics.begin(method, source.scheme);
    return exchange;
  }

  /** The logger of one exchange or upgrade, for frameworks that hand one to each request: its lines carry the ids anywhere. */
  loggerOf(scope: Scope): PinoLogger {
    return bindScope(this.#options.log, scope);
  }

  /** The request's target as a line may show it. */
  loggableTarget({ path, source }: Exchange): string {
    const { maskPath, queryAllow } = this.#completion;
    const query = maskedQuery(source.target, queryAllow);
    return maskPath(path, source.route()) + (query === undefined ? "" : `?${query}`);
  }

  /** Call a function of the application's: what it throws is said once for its name, and answered with undefined. */
  inCare<T>(name: string, ask: () => T): T | undefined {
    try {
      return ask();
    } catch (error) {
      this.#problem({ name, msg: `the application's ${name} threw`, fields: { err: error } });
      return undefined;
    }
  }

  /** Write down that an exchange ended. For {@link Exchange.finish}, which sees to it that it happens once. */
  complete(exchange: Exchange): void {
    const { metrics, events } = this.#options;
    const { source, method } = exchange;
    this.active.remove(exchange);
    metrics.end(method, source.scheme);
    try {
      this.#complete(exchange);
    } catch (error) {
      // An adapter asked a function of the user's (`trust proxy`): the response is out, and must not end the process.
      const fields: ContractFields = { event_name: "kit.problem", request_id: exchange.requestId };
      events.write("warn", "a request could not be written down", fields, { err: error });
    }
  }

  #complete(exchange: Exchange): void {
    const { preferences } = exchange.source;
    if (preferences?.fields)
      this.inCare("fields", () => exchange.addFields(preferences.fields?.(exchange.error) ?? {}));
    const completed = complete(exchange);
    if (!exchange.isHushed) this.#observe(completed);
    writeCompletionLine(this.#options.events, this.#completion, completed);
  }

  #observe(completed: CompletedExchange): void {
    const { exchange } = completed;
    this.#options.metrics.observe({
      method: exchange.method,
      scheme: exchange.source.scheme,
      route: completed.route,
      status: completed.status,
      errorType: completed.errorType,
      durationSeconds: completed.durationMs / 1_000,
      // How long a reader stays says nothing of the service.
      recordDuration: !completed.isEventStream,
      requestBodyBytes: completed.requestBodyBytes,
      responseBodyBytes: completed.responseBodyBytes,
      traceId: exchange.traceId,
      spanId: exchange.spanId,
    });
  }

  /** Write down a connection that sent no HTTP: no request, no exchange, yet something happened. */
  clientError(error: ClientError): void {
    this.#options.metrics.clientError(error.code);
    this.#options.events.write("warn", `malformed request refused: ${error.code}`, {
      event_name: "http.server.client_error",
      error_type: error.code,
      ...(error.status !== undefined && { http_response_status_code: error.status }),
      ...(error.clientAddress !== undefined && { client_address: plainAddress(error.clientAddress) }),
    });
  }

  #requestId(source: Pick<ExchangeSource, "requestHeader" | "preferences">): string {
    const chosen = source.preferences?.requestId;
    if (chosen !== undefined && isRequestId(chosen)) return chosen;
    const sent = this.#options.http.trustRequestId ? source.requestHeader(this.requestIdHeader) : undefined;
    return sent !== undefined && isRequestId(sent) ? sent : this.#nextId();
  }
}
