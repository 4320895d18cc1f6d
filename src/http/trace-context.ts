import { context, createContextKey, isSpanContextValid, type Span, trace } from "@opentelemetry/api";

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

/**
 * The span of the request itself, as OpenTelemetry's HTTP instrumentation leaves it in the context: where a framework is
 * instrumented too, the active span is its middleware's.
 */
export function serverSpan(): TraceIds | undefined {
  const active = activeSpan();
  if (active === undefined) return undefined;
  const metadata = context.active().getValue(rpcMetadata) as { readonly span?: Span } | undefined;
  return metadata?.span?.spanContext() ?? active;
}

// The key of @opentelemetry/core's getRPCMetadata; keys of one description are one.
const rpcMetadata = createContextKey("OpenTelemetry SDK Context Key RPC_METADATA");

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
