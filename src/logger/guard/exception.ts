import { inspect } from "node:util";
import type { ContractFields, ExceptionCause } from "../../contract/line.ts";
import { bigintText } from "./bigint-text.ts";
import { cutText } from "./cut-text.ts";

type ExceptionFields = Required<Pick<ContractFields, "exception_type" | "exception_message">> &
  Pick<ContractFields, "exception_stacktrace" | "exception_causes">;

const maxCauses = 8;
const maxTypeLength = 256;
const maxMessageLength = 4_096;
const maxStackLength = 8_192;

/**
 * Describe whatever was thrown, with its chain of causes. Never throws: a hostile error gives the
 * fields that could be read. Secrets are not masked yet: the logger does that.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-logs/
 */
export function exceptionFields(thrown: unknown): ExceptionFields {
  const stack = read(() => (thrown as Error).stack);
  const causes = causesOf(thrown);
  return {
    exception_type: exceptionType(thrown),
    exception_message: exceptionMessage(thrown),
    ...(typeof stack === "string" && { exception_stacktrace: cutText(stack, maxStackLength) }),
    ...(causes.length > 0 && { exception_causes: causes }),
  };
}

/** Name the class of a thrown value: an error's name, else its constructor's; for a value that is no error, its type. */
export function exceptionType(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return thrown === null ? "null" : typeof thrown;
  const name = read(() => (thrown as Error).name);
  // A subclass that never sets its name still has its constructor's.
  if (typeof name === "string" && name !== "" && name !== "Error") return name.slice(0, maxTypeLength);
  const className = read(() => thrown.constructor.name);
  return typeof className === "string" && className !== "" ? className.slice(0, maxTypeLength) : "Error";
}

/** The thrown value's message; a value that is no error speaks for itself. */
export function exceptionMessage(thrown: unknown): string {
  const message = read(() => (thrown as Error).message);
  const text = typeof message === "string" ? message : read(() => asText(thrown));
  return cutText(text ?? "", maxMessageLength);
}

function causesOf(thrown: unknown): ExceptionCause[] {
  const seen = new Set<unknown>([thrown]);
  const queue = innerErrors(thrown);
  const causes: ExceptionCause[] = [];
  while (queue.length > 0 && causes.length < maxCauses) {
    const cause = queue.shift();
    if (seen.has(cause)) continue;
    seen.add(cause);
    causes.push({ exception_type: exceptionType(cause), exception_message: exceptionMessage(cause) });
    queue.push(...innerErrors(cause));
  }
  return causes;
}

/** An error's cause, and what an AggregateError gathers. */
function innerErrors(thrown: unknown): unknown[] {
  if (typeof thrown !== "object" || thrown === null) return [];
  const cause = read(() => (thrown as Error).cause);
  const errors = read(() => (thrown as AggregateError).errors);
  const inner = read(() => (Array.isArray(errors) ? errors.slice(0, maxCauses) : [])) ?? [];
  return cause === undefined ? inner : [cause, ...inner];
}

function asText(value: unknown): string {
  if (typeof value === "bigint") return bigintText(value);
  if (typeof value !== "object" || value === null) return String(value);
  // Calls no getter and no trap, and stops early.
  return inspect(value, {
    depth: 2,
    maxArrayLength: 20,
    maxStringLength: 500,
    breakLength: Number.POSITIVE_INFINITY,
    customInspect: false,
  });
}

function read<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined; // A getter or proxy of the user's threw; the other fields still stand.
  }
}
