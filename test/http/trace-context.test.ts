import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activeSpan, parseTraceparent } from "../../src/http/trace-context.ts";
import { createTaffrail } from "../../src/index.ts";
import { captureLog } from "../../src/testing/index.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const spanId = "00f067aa0ba902b7";

describe("a traceparent", () => {
  it("gives the trace and the caller's span", () => {
    expect(parseTraceparent(`00-${traceId}-${spanId}-01`)).toEqual({ traceId, spanId });
  });

  it("of a later version may be longer", () => {
    expect(parseTraceparent(`01-${traceId}-${spanId}-01-more`)).toEqual({ traceId, spanId });
  });

  it.each([
    "",
    `00-${traceId}-${spanId}`,
    `00-${traceId}-${spanId}-01-more`,
    `ff-${traceId}-${spanId}-01`,
    `00-${"0".repeat(32)}-${spanId}-01`,
    `00-${traceId}-${"0".repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    ` 00-${traceId}-${spanId}-01`,
    `01-${traceId}-${spanId}-01-${"x".repeat(300)}`,
  ])("that is malformed gives nothing: %j", (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });
});

describe("with an OpenTelemetry SDK", () => {
  const manager = new AsyncLocalStorageContextManager();
  beforeAll(() => {
    context.setGlobalContextManager(manager.enable());
    trace.setGlobalTracerProvider(new BasicTracerProvider());
  });
  afterAll(() => {
    trace.disable();
    context.disable();
    propagation.disable();
  });

  it("the active span's ids stand on every line, the nearest span's first", () => {
    const log = captureLog();
    const kit = createTaffrail({ preset: "test", log: { destination: log.destination } });
    const tracer = trace.getTracer("test");
    tracer.startActiveSpan("outer", (outer) => {
      kit.log.info("in outer");
      tracer.startActiveSpan("inner", (inner) => {
        kit.log.info("in inner");
        expect(log.lines[1]).toMatchObject({
          trace_id: inner.spanContext().traceId,
          span_id: inner.spanContext().spanId,
        });
        inner.end();
      });
      expect(log.lines[0]).toMatchObject({
        trace_id: outer.spanContext().traceId,
        span_id: outer.spanContext().spanId,
      });
      outer.end();
    });
    expect(activeSpan()).toBeUndefined();
  });

  it("an exchange belongs to the active span rather than to the traceparent", () => {
    const kit = createTaffrail({ preset: "test", log: { destination: captureLog().destination } });
    trace.getTracer("test").startActiveSpan("server", (span) => {
      const headers: Record<string, string> = { traceparent: `00-${traceId}-${spanId}-01` };
      const exchange = kit.http.begin({
        method: "GET",
        target: "/",
        scheme: "http",
        httpVersion: "1.1",
        requestHeader: (name) => headers[name],
        isConnected: () => true,
        isBrokenOff: () => false,
        responseError: () => undefined,
        status: () => 200,
        isComplete: () => true,
        route: () => undefined,
        clientAddress: () => undefined,
        responseHeader: () => undefined,
      });
      expect(exchange?.traceId).toBe(span.spanContext().traceId);
      // The SDK's own propagator writes the trace headers.
      expect(Object.keys(exchange?.propagationHeaders() ?? {})).toEqual(["x-request-id"]);
      span.end();
    });
  });
});
