import { errorType } from "../outcome.ts";
import type { OutgoingCall } from "./outgoing-call.ts";

const systemCode = /^[A-Z][A-Z0-9_]{1,63}$/;

/**
 * Name why a call failed, in few enough words for a metric label; undefined where it did not. An error's code
 * (`ECONNREFUSED`, `UND_ERR_HEADERS_TIMEOUT`) says more than its class, which is mostly `Error`. To a caller, a 4xx is
 * an error too.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span
 */
export function callErrorType({ status, error }: OutgoingCall): string | undefined {
  if (error !== undefined) {
    const { code } = Object(error) as { readonly code?: unknown };
    return typeof code === "string" && systemCode.test(code) ? code : errorType(error);
  }
  if (status === undefined) return "_OTHER";
  return status >= 400 ? String(status) : undefined;
}
