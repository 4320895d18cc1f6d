import { types } from "node:util";
import type { Outcome } from "../contract/fields.ts";
import { exceptionType } from "../logger/guard/exception.ts";
import type { Level } from "../logger/levels.ts";

/** What is known of an exchange's end. */
export interface End {
  /** The status that was sent, if any was. */
  readonly status: number | undefined;
  /** The response reached its end. */
  readonly isComplete: boolean;
  /** The service failed while the client was still there. */
  readonly hasFailed: boolean;
}

/**
 * Judge how an exchange ended. A client that left is never "ok", whatever status had been prepared for it; a
 * response that the service itself broke off is the service's error.
 */
export function outcomeOf({ status, isComplete, hasFailed }: End): Outcome {
  if (!isComplete || status === undefined) return hasFailed ? "server_error" : "aborted";
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
  if (error !== undefined) return errorType(error);
  if (outcome === "aborted") return "client_aborted";
  return status !== undefined && status >= 500 ? String(status) : "response_broken_off";
}

const className = /^[A-Za-z_$][\w$.]{0,63}$/;

/** An error's class as far as it is the program's choice: what is thrown may be an object that a client sent. */
export function errorType(error: unknown): string {
  const isError = error instanceof Error || types.isNativeError(error);
  if (!isError && typeof error === "object" && error !== null) return "Object";
  const type = exceptionType(error);
  return className.test(type) ? type : "_OTHER";
}
