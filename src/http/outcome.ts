import type { Outcome } from "../contract/fields.ts";
import { exceptionType } from "../logger/exception.ts";
import type { Level } from "../logger/levels.ts";

/** Judge how an exchange ended. A client that left is never "ok", whatever status had been prepared for it. */
export function outcomeOf(status: number | undefined, aborted: boolean): Outcome {
  if (aborted || status === undefined) return "aborted";
  if (status >= 500) return "server_error";
  return status >= 400 ? "client_error" : "ok";
}

/** The completion line's level where nothing overrides it. */
export const levelOf: Readonly<Record<Outcome, Level>> = {
  ok: "info",
  client_error: "warn",
  server_error: "error",
  aborted: "warn",
};

/**
 * Name what went wrong, in few enough words for a metric label; undefined where nothing did. A 4xx is
 * the client's doing and no error of the server.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/error/
 */
export function errorTypeOf(
  outcome: Outcome,
  status: number | undefined,
  error: unknown,
): string | undefined {
  if (outcome === "ok" || outcome === "client_error") return undefined;
  if (error !== undefined) return exceptionType(error);
  return outcome === "aborted" ? "client_aborted" : String(status);
}
