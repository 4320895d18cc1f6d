import type { OutgoingOptions, RedactOptions } from "../../config/options.ts";
import { scopes } from "../../context/scope.ts";
import type { EventLog } from "../../logger/logger.ts";
import { createRedaction } from "../../logger/redaction/redaction.ts";
import type { HttpClientMetrics } from "../../metrics/http-client-metrics.ts";
import { boundedMethod } from "../method.ts";
import { createPathMask } from "../path-mask.ts";
import { callErrorType } from "./call-error.ts";
import { type CallLineOptions, writeCallLine } from "./call-line.ts";
import type { CallTarget } from "./call-target.ts";
import { type CallHeaders, carryIds } from "./carried-headers.ts";
import { subscribeAll } from "./channels.ts";
import { publishHeaders } from "./client-headers.ts";
import { createHostList, type IsListedHost } from "./host-list.ts";
import { nodeClientHandlers } from "./node-client.ts";
import { OutgoingCall } from "./outgoing-call.ts";
import { undiciClientHandlers } from "./undici-client.ts";

/** What watching outgoing calls takes. */
export interface OutgoingWatchOptions {
  readonly outgoing: Required<OutgoingOptions>;
  readonly redact: Required<RedactOptions>;
  /** Whose scopes the calls are made in. */
  readonly owner: object;
  readonly events: EventLog;
  readonly metrics: HttpClientMetrics;
  /** Told what went wrong in watching, which must not reach the call. */
  readonly onError: (error: unknown) => void;
}

/** The calls of this process to other services: the way in for what watches the clients. */
export class Outgoing {
  readonly #options: OutgoingWatchOptions;
  readonly #line: CallLineOptions;
  readonly #mayCarry: IsListedHost;

  constructor(options: OutgoingWatchOptions) {
    const { outgoing, redact } = options;
    this.#options = options;
    this.#mayCarry = createHostList(outgoing.propagateTo);
    this.#line = {
      maskPath: createPathMask(createRedaction(redact.keys), redact.paths),
      queryAllow: new Set(redact.queryAllow),
    };
  }

  /**
   * Begin a call.
   *
   * @param headers where ids can still be added; undefined where the headers are written already
   * @returns undefined where the call is not to be measured, or is another kit's
   */
  begin(target: CallTarget, headers: CallHeaders | undefined): OutgoingCall | undefined {
    const scope = scopes.getStore();
    if (scope !== undefined && scope.owner !== this.#options.owner) return undefined;
    if (headers !== undefined && this.#mayCarry(target.address, target.port)) carryIds(headers, scope);
    if (!this.#options.outgoing.measure) return undefined;
    return new OutgoingCall(target, scope, (call) => this.#complete(call));
  }

  #complete(call: OutgoingCall): void {
    const { target, status, durationMs, traceId, spanId } = call;
    const errorType = callErrorType(call);
    this.#options.metrics.observe({
      method: boundedMethod(target.method),
      address: target.address,
      port: target.port,
      status,
      errorType,
      durationSeconds: durationMs / 1_000,
      traceId,
      spanId,
    });
    writeCallLine(this.#options.events, this.#line, call, errorType);
  }
}

/**
 * Watch the outgoing calls of this process, whoever makes them: `fetch`, undici, `node:http`, `node:https`.
 *
 * @returns what ends it
 */
export function watchOutgoing(options: OutgoingWatchOptions): () => void {
  const { measure, propagateTo } = options.outgoing;
  if (!measure && propagateTo.length === 0) return () => undefined;
  const outgoing = new Outgoing(options);
  const handlers = { ...nodeClientHandlers(outgoing), ...undiciClientHandlers(outgoing) };
  const unsubscribe = subscribeAll(handlers, options.onError);
  const putBack = publishHeaders();
  return () => {
    unsubscribe();
    putBack();
  };
}
