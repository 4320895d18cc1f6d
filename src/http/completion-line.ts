import type { LevelInput } from "../config/options.ts";
import { EventFields, named } from "../logger/event-fields.ts";
import type { Level, Threshold } from "../logger/levels.ts";
import type { EventLog } from "../logger/logger.ts";
import { plainAddress } from "./client-address.ts";
import type { CommonFields, LineKind } from "./common-fields.ts";
import type { CompletedExchange } from "./completed-exchange.ts";
import { levelOf } from "./outcome.ts";
import type { MaskPath } from "./path-mask.ts";
import { maskedQuery } from "./target.ts";

/** What decides a completion line's level and what it may show. */
export interface CompletionOptions {
  readonly isQuiet: (path: string) => boolean;
  readonly maskPath: MaskPath;
  readonly commonFields: (kind: LineKind) => CommonFields;
  readonly queryAllow: ReadonlySet<string>;
  readonly level: ((exchange: LevelInput) => Level | undefined) | undefined;
}

const maxUserAgentLength = 512;

/** Write the one line that an exchange leaves behind. */
export function writeCompletionLine(
  events: EventLog,
  options: CompletionOptions,
  completed: CompletedExchange,
): void {
  const level = chooseLevel(options, completed);
  if (level === "silent" || !events.isEnabled(level)) return;
  const { exchange, route, status, outcome } = completed;
  const path = options.maskPath(exchange.path, route);
  const { method, source } = exchange;
  const { httpVersion } = source;
  const { msg, json } = options.commonFields({ method, route, path, status, outcome, httpVersion });
  const fields = new EventFields(json);
  addFields(fields, completed, { path, query: maskedQuery(source.target, options.queryAllow) });
  events.write(level, msg, fields, exchange.fields);
}

function chooseLevel(options: CompletionOptions, completed: CompletedExchange): Threshold {
  const { exchange, outcome } = completed;
  const usual = usualLevel(options, completed);
  const { preferences } = exchange.source;
  if (options.level === undefined && preferences?.level === undefined) return usual;
  const { method, error } = exchange;
  const { route, status, durationMs } = completed;
  const input = { outcome, method, route, status, durationMs, error };
  return options.level?.(input) ?? preferences?.level?.(error) ?? usual;
}

function usualLevel(
  options: CompletionOptions,
  { exchange, outcome, isEventStream }: CompletedExchange,
): Level {
  if (exchange.isHushed) return "debug";
  const isQuiet = exchange.source.preferences?.isQuiet === true || options.isQuiet(exchange.path);
  if (outcome === "ok") return isQuiet ? "debug" : "info";
  // A reader who leaves is how a stream of events ends.
  return outcome === "aborted" && isEventStream ? "info" : levelOf[outcome];
}

/** Add what is this one exchange's own. */
function addFields(
  fields: EventFields,
  { exchange, durationMs, errorType, requestBodyBytes, responseBodyBytes }: CompletedExchange,
  { path, query }: { readonly path: string; readonly query: string | undefined },
): void {
  const { source } = exchange;
  fields.word(named.request_id, exchange.requestId);
  if (exchange.traceId !== undefined) fields.word(named.trace_id, exchange.traceId);
  if (exchange.spanId !== undefined) fields.word(named.span_id, exchange.spanId);
  if (exchange.method !== source.method)
    fields.text(named.http_request_method_original, source.method.slice(0, 64));
  fields.text(named.url_path, path);
  if (query !== undefined) fields.text(named.url_query, query);
  const clientAddress = source.clientAddress();
  if (clientAddress !== undefined) fields.text(named.client_address, plainAddress(clientAddress));
  const userAgent = source.requestHeader("user-agent");
  if (userAgent !== undefined) fields.text(named.user_agent_original, userAgent.slice(0, maxUserAgentLength));
  if (requestBodyBytes !== undefined) fields.number(named.http_request_body_size, requestBodyBytes);
  if (responseBodyBytes !== undefined) fields.number(named.http_response_body_size, responseBodyBytes);
  fields.number(named.duration_ms, Math.round(durationMs * 1_000) / 1_000);
  if (errorType !== undefined) fields.text(named.error_type, errorType);
  fields.error = exchange.error;
}
