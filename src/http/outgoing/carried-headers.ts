import { context, propagation } from "@opentelemetry/api";
import type { Scope } from "../../context/scope.ts";
import { activeSpan } from "../trace-context.ts";

/** The headers of a call that is not sent yet. */
export interface CallHeaders {
  has(name: string): boolean;
  set(name: string, value: string): void;
}

/** The headers that carry the ids of a unit of work, and of the active span where there is one. */
export function idsOf(scope: Scope | undefined): Record<string, string> {
  const ids = scope?.propagationHeaders() ?? {};
  // With a span active, the SDK's propagator knows the format; where no instrumentation asks it, this does.
  if (activeSpan() !== undefined) propagation.inject(context.active(), ids);
  return ids;
}

/**
 * Have a call carry the ids of the work it is made for. What is there already stays: the caller's own header, or the
 * trace context that an OpenTelemetry instrumentation wrote, which is then not written twice.
 */
export function carryIds(headers: CallHeaders, scope: Scope | undefined): void {
  const ids = idsOf(scope);
  const isTraced = headers.has("traceparent");
  for (const [name, value] of Object.entries(ids)) {
    const belongsToTrace = name === "traceparent" || name === "tracestate";
    if (!(isTraced && belongsToTrace) && !headers.has(name)) headers.set(name, value);
  }
}
