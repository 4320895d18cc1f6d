import type { Scope } from "../context/scope.ts";
import { exceptionFields } from "./exception.ts";
import { type IsSecret, mask } from "./redaction.ts";
import { loggable } from "./value.ts";

/** Flat fields, ready to be written. */
export type LogRecord = Record<string, unknown>;

// What the kit alone answers for. A user's field of such a name is kept, under another.
const reserved = new Set([
  "time",
  "level",
  "msg",
  "service_name",
  "service_version",
  "deployment_environment_name",
  "service_instance_id",
  "request_id",
  "trace_id",
  "span_id",
  "__proto__",
]);

/** Put the ids of the current scope onto a record. */
export function addScope(
  record: LogRecord,
  scope: Scope | undefined,
  traceId?: string,
  spanId?: string,
): void {
  if (scope) record["request_id"] = scope.requestId;
  if (traceId !== undefined) record["trace_id"] = traceId;
  if (spanId !== undefined) record["span_id"] = spanId;
}

/**
 * Add a user's fields to a record: clashing names moved aside, secrets masked, errors spread into the
 * contract's exception fields. A later field of the same name replaces an earlier one, so that no
 * line ever holds a key twice.
 */
export function addUserFields(record: LogRecord, fields: object, isSecret: IsSecret): void {
  for (const [key, value] of Object.entries(fields)) {
    if (isSecret(key)) record[key] = mask;
    else if (value instanceof Error && (key === "err" || key === "error")) {
      Object.assign(record, exceptionFields(value));
    } else if (reserved.has(key)) record[`user_${key}`] = loggable(value, isSecret);
    else
      record[key] =
        typeof value === "object" || typeof value === "bigint" ? loggable(value, isSecret) : value;
  }
}
