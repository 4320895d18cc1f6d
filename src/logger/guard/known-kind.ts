import { types } from "node:util";
import { exceptionFields } from "./exception.ts";
import { messageSummary } from "./http-message.ts";

/** A replacement for an object of a kind that JSON would lose; undefined where its own keys say it best. */
export function knownKind(value: object): { readonly as: unknown } | undefined {
  if (isError(value)) return { as: exceptionFields(value) };
  if (types.isDate(value))
    return { as: Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString() };
  if (types.isRegExp(value)) return { as: String(value) };
  if (types.isBoxedPrimitive(value)) return { as: value.valueOf() };
  if (types.isPromise(value)) return { as: "[Promise]" };
  if (types.isAnyArrayBuffer(value) || ArrayBuffer.isView(value)) return { as: bytesSummary(value) };
  if (value instanceof URL || value instanceof URLSearchParams) return { as: String(value) };
  const message = messageSummary(value);
  return message && { as: message };
}

/** Errors of another realm (a vm context, a test runner's) are no instances of this one's class. */
export function isError(value: unknown): value is Error {
  if (types.isNativeError(value)) return true;
  try {
    return value instanceof Error;
  } catch {
    return false; // A proxy's trap threw.
  }
}

function bytesSummary(value: ArrayBufferLike | ArrayBufferView): string {
  const name = Object.prototype.toString.call(value).slice(8, -1);
  return `[${name.slice(0, 32)} of ${value.byteLength} bytes]`;
}
