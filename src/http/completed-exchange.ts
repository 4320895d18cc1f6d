import type { Outcome } from "../contract/fields.ts";
import { isEventStream } from "./event-stream.ts";
import type { Exchange } from "./exchange.ts";
import { errorTypeOf, outcomeOf } from "./outcome.ts";

/** An exchange that ended, judged: what its line and its metrics have in common. */
export interface CompletedExchange {
  readonly exchange: Exchange;
  readonly durationMs: number;
  readonly status: number | undefined;
  readonly outcome: Outcome;
  readonly errorType: string | undefined;
  readonly route: string | undefined;
  readonly isEventStream: boolean;
  readonly requestBodyBytes: number | undefined;
  readonly responseBodyBytes: number | undefined;
}

/** Ask an exchange that ended what became of it. */
export function complete(exchange: Exchange): CompletedExchange {
  const durationMs = exchange.ageMs;
  const { source } = exchange;
  const status = source.status();
  const outcome = outcomeOf({ status, isComplete: source.isComplete(), hasFailed: exchange.hasFailed });
  return {
    exchange,
    durationMs,
    status,
    outcome,
    errorType: errorTypeOf(outcome, status, exchange.error),
    route: source.route(),
    isEventStream: isEventStream(source),
    requestBodyBytes: declaredBytes(source.requestHeader("content-length")),
    responseBodyBytes: declaredBytes(source.responseHeader("content-length")),
  };
}

function declaredBytes(contentLength: string | undefined): number | undefined {
  if (contentLength === undefined) return undefined;
  const bytes = Number(contentLength);
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : undefined;
}
