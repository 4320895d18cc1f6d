import { isSpanContextValid, trace } from "@opentelemetry/api";

/** Where in a trace something happened. */
export interface TraceIds {
  readonly traceId: string;
  readonly spanId: string;
}

/** The active OpenTelemetry span, where an SDK runs in this process. */
export function activeSpan(): TraceIds | undefined {
  const context = trace.getActiveSpan()?.spanContext();
  return context && isSpanContextValid(context) ? context : undefined;
}

const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.{0,256})?$/;

/**
 * Parse a `traceparent` header; answers undefined for one that the specification says to ignore.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function parseTraceparent(header: string): TraceIds | undefined {
  const [, version, traceId, spanId, more] = pattern.exec(header) ?? [];
  if (traceId === undefined || spanId === undefined || version === "ff") return undefined;
  if (version === "00" && more !== undefined) return undefined;
  return isSpanContextValid({ traceId, spanId, traceFlags: 0 }) ? { traceId, spanId } : undefined;
}
