import { EventFields, named } from "../../logger/event-fields.ts";
import { exceptionType } from "../../logger/guard/exception.ts";
import type { Level } from "../../logger/levels.ts";
import type { EventLog } from "../../logger/logger.ts";
import { boundedMethod } from "../method.ts";
import type { MaskPath } from "../path-mask.ts";
import { maskedQuery, pathOf } from "../target.ts";
import { originOf } from "./call-target.ts";
import type { OutgoingCall } from "./outgoing-call.ts";

/** What a call's line may show. */
export interface CallLineOptions {
  readonly maskPath: MaskPath;
  readonly queryAllow: ReadonlySet<string>;
}

/** Write the one line that an outgoing call leaves behind. */
export function writeCallLine(
  events: EventLog,
  options: CallLineOptions,
  call: OutgoingCall,
  errorType: string | undefined,
): void {
  const level = levelOf(call);
  if (!events.isEnabled(level)) return;
  const { method, address } = call.target;
  const what = call.error === undefined ? (call.status ?? "broken off") : `failed: ${errorType}`;
  const msg = `${boundedMethod(method)} ${address} ${what}`;
  events.write(level, msg, lineFields(options, call, errorType), call.scope?.fields);
}

/** No answer, half of one, or a 5xx is a failure; a 4xx is an answer, and who gives up a call meant to. */
function levelOf({ status, error }: OutgoingCall): Level {
  if (error !== undefined) return exceptionType(error) === "AbortError" ? "debug" : "warn";
  return status === undefined || status >= 500 ? "warn" : "debug";
}

function lineFields(
  { maskPath, queryAllow }: CallLineOptions,
  call: OutgoingCall,
  errorType: string | undefined,
): EventFields {
  const { target, scope, status, traceId, spanId } = call;
  const method = boundedMethod(target.method);
  const query = maskedQuery(target.path, queryAllow);
  const fields = new EventFields();
  fields.word(named.event_name, "http.client.request");
  if (scope !== undefined) fields.word(named.request_id, scope.requestId);
  if (traceId !== undefined) fields.word(named.trace_id, traceId);
  if (spanId !== undefined) fields.word(named.span_id, spanId);
  fields.word(named.http_request_method, method);
  if (method !== target.method) fields.text(named.http_request_method_original, target.method.slice(0, 64));
  fields.text(named.server_address, target.address);
  if (target.port !== undefined) fields.number(named.server_port, target.port);
  const path = maskPath(pathOf(target.path), undefined);
  fields.text(named.url_full, originOf(target) + path + (query === undefined ? "" : `?${query}`));
  if (status !== undefined) fields.number(named.http_response_status_code, status);
  fields.number(named.duration_ms, Math.round(call.durationMs * 1_000) / 1_000);
  if (errorType !== undefined) fields.text(named.error_type, errorType);
  fields.error = call.error;
  return fields;
}
