import type { LevelInput } from "../config/options.ts";
import type { Outcome } from "../contract/fields.ts";
import type { ContractFields } from "../contract/line.ts";
import { exceptionFields } from "../logger/exception.ts";
import type { Level } from "../logger/levels.ts";
import type { EventLog } from "../logger/logger.ts";
import type { Exchange, ResponseEnd } from "./exchange.ts";
import { levelOf } from "./outcome.ts";
import { maskedQuery } from "./target.ts";

/** What decides a completion line's level and what it may show. */
export interface CompletionOptions {
  readonly isQuiet: (path: string) => boolean;
  readonly queryAllow: ReadonlySet<string>;
  readonly level: ((exchange: LevelInput) => Level | undefined) | undefined;
}

/** An exchange that ended, judged. */
export interface Completed {
  readonly exchange: Exchange;
  readonly end: ResponseEnd;
  readonly outcome: Outcome;
  readonly errorType: string | undefined;
  readonly durationMs: number;
}

const maxUserAgentLength = 512;

/** Write the one line that an exchange leaves behind. */
export function completionLine(events: EventLog, options: CompletionOptions, completed: Completed): void {
  const level = chooseLevel(options, completed);
  if (!events.isEnabled(level)) return;
  const { exchange, end, outcome } = completed;
  const what = outcome === "aborted" ? "aborted" : end.status;
  const msg = `${exchange.method} ${end.route ?? exchange.path} ${what}`;
  events.write(level, msg, lineFields(options, completed), exchange.fields);
}

function chooseLevel(options: CompletionOptions, completed: Completed): Level {
  const { exchange, end, outcome, durationMs } = completed;
  const usual = outcome === "ok" && options.isQuiet(exchange.path) ? "debug" : levelOf[outcome];
  if (options.level === undefined) return usual;
  const { method, error } = exchange;
  const { route, status } = end;
  try {
    return options.level({ outcome, method, route, status, durationMs, error }) ?? usual;
  } catch {
    return usual; // A user's function must not cost the line it was asked about.
  }
}

// Assigned one by one, since a spread for each optional field shows up in a request's cost.
function lineFields(options: CompletionOptions, completed: Completed): ContractFields {
  const { exchange, end, outcome, errorType, durationMs } = completed;
  const { head } = exchange;
  const fields: ContractFields = { event_name: "http.server.request", request_id: exchange.requestId };
  if (exchange.traceId !== undefined) fields.trace_id = exchange.traceId;
  if (exchange.spanId !== undefined) fields.span_id = exchange.spanId;
  fields.http_request_method = exchange.method;
  if (exchange.method !== head.method) fields.http_request_method_original = head.method.slice(0, 64);
  if (end.route !== undefined) fields.http_route = end.route;
  fields.url_path = exchange.path;
  const query = maskedQuery(head.target, options.queryAllow);
  if (query !== undefined) fields.url_query = query;
  if (end.status !== undefined) fields.http_response_status_code = end.status;
  if (end.clientAddress !== undefined) fields.client_address = plainAddress(end.clientAddress);
  const userAgent = head.header("user-agent");
  if (userAgent !== undefined) fields.user_agent_original = userAgent.slice(0, maxUserAgentLength);
  fields.network_protocol_version = head.httpVersion;
  addSize(fields, "http_request_body_size", head.header("content-length"));
  addSize(fields, "http_response_body_size", end.header("content-length"));
  fields.duration_ms = Math.round(durationMs * 1_000) / 1_000;
  fields.outcome = outcome;
  if (errorType !== undefined) fields.error_type = errorType;
  if (exchange.error !== undefined) Object.assign(fields, exceptionFields(exchange.error));
  return fields;
}

function addSize(
  fields: ContractFields,
  name: "http_request_body_size" | "http_response_body_size",
  contentLength: string | undefined,
): void {
  const size = contentLength === undefined ? Number.NaN : Number(contentLength);
  if (Number.isSafeInteger(size)) fields[name] = size;
}

/** An IPv4 address that arrived through an IPv6 socket, as IPv4. */
function plainAddress(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}
