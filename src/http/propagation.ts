import { activeSpan } from "./trace-context.ts";

/**
 * The headers that carry a request's ids on to another service: its request id, and the trace context
 * as it came in. Where an OpenTelemetry SDK has an active span, its own propagator writes the trace
 * context, which would then be this process's span, so it is left to it.
 *
 * @see https://www.w3.org/TR/trace-context/#mutating-the-traceparent-field
 */
export function propagationHeaders(
  requestIdHeader: string,
  requestId: string,
  source: { requestHeader(name: string): string | undefined } | undefined,
): Record<string, string> {
  const headers: Record<string, string> = { [requestIdHeader]: requestId };
  if (source === undefined || activeSpan() !== undefined) return headers;
  for (const name of ["traceparent", "tracestate"]) {
    const value = source.requestHeader(name);
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}
