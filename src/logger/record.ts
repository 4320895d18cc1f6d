import type { Scope } from "../context/scope.ts";
import { exceptionFields } from "./guard/exception.ts";
import { fieldName } from "./guard/field-names.ts";
import { isError } from "./guard/known-kind.ts";
import type { Shaper } from "./guard/shaper.ts";

/** Flat fields, ready to be written. */
export type LogRecord = Record<string, unknown>;

/** Functions of the user's that turn a field's value into what is logged, by name: pino's `serializers`. */
export type Serializers = Readonly<Record<string, (value: unknown) => unknown>>;

export interface UserFieldsOptions {
  readonly shaper: Shaper;
  readonly serializers?: Serializers | undefined;
  /** The record is one of the kit's own events. */
  readonly isEvent?: boolean;
}

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
 * line ever holds a key twice. Never throws.
 */
export function addUserFields(record: LogRecord, fields: object, options: UserFieldsOptions): void {
  const { shaper, serializers, isEvent = false } = options;
  for (const key of keysOf(fields, shaper)) {
    if (shaper.isFull) return;
    const serialize = serializers?.[key];
    const raw = shaper.read(fields, key);
    if ((key === "err" || key === "error") && serialize === undefined && isError(raw)) {
      addException(record, raw, shaper);
      continue;
    }
    const value = shaper.field(key, serialize ? serialized(serialize, raw, shaper) : raw);
    if (value !== undefined) record[fieldName(shaper.key(key), value, isEvent)] = value;
  }
}

/** Spread an error into the contract's exception fields. */
export function addException(record: LogRecord, error: unknown, shaper: Shaper): void {
  Object.assign(record, shaper.value(exceptionFields(error)));
}

function keysOf(fields: object, shaper: Shaper): readonly string[] {
  try {
    return Object.keys(fields);
  } catch (error) {
    shaper.unreadable(error);
    return []; // A proxy that doesn't let itself be listed.
  }
}

function serialized(serialize: (value: unknown) => unknown, value: unknown, shaper: Shaper): unknown {
  try {
    return serialize(value);
  } catch (error) {
    return shaper.unreadable(error);
  }
}
