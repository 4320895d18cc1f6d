import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LogLine } from "../../src/index.ts";
import type { Child } from "../support/child.ts";
import { ask } from "../support/client.ts";
import { until } from "../support/poll.ts";
import { type Served, serve } from "../support/serve.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const callerSpanId = "00f067aa0ba902b7";
const traceparent = `00-${traceId}-${callerSpanId}-01`;

/** OpenTelemetry's numbers. */
const spanKind = { server: 1, client: 2 } as const;

interface Span {
  readonly kind: number;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

interface Answer {
  /** The span that was active in the handler. */
  readonly spanId: string;
  /** The headers that the two calls arrived with, names and values in turn. */
  readonly http: readonly string[];
  readonly fetch: readonly string[];
  readonly job: Readonly<Record<string, string>>;
}

export interface SdkService {
  readonly service: Child;
  readonly url: string;
}

export interface SdkSuite {
  /** What the SDK instruments: the fixture's OTEL_PARTS. */
  readonly parts: "servers and clients" | "servers" | "nothing";
  /** How many spans the two calls of the service leave. */
  readonly clientSpans: number;
  /** Start the service in a process of its own. */
  start(env: Readonly<Record<string, string>>): Promise<SdkService>;
}

/** What holds for a service in a process with an OpenTelemetry SDK. */
export function sdkSuite({ parts, clientSpans, start }: SdkSuite): void {
  describe(`that instruments ${parts}`, () => {
    let target: Served;
    let service: Child;
    let answer: Answer;
    let completion: LogLine;
    const spans = (kind: number): Span[] =>
      service.stderr
        .split("\n")
        .filter((text) => text.startsWith("{"))
        .map((text) => JSON.parse(text) as Span)
        .filter((span) => span.kind === kind);
    /** The span of the request: of the caller's own children, as what a framework makes of it is the span's child. */
    const serverSpan = (): Span | undefined =>
      spans(spanKind.server).find(({ parentSpanId }) => parentSpanId === callerSpanId);

    beforeAll(async () => {
      target = await serve(createServer((req, res) => void res.end(JSON.stringify(req.rawHeaders))));
      const started = await start({ WORK: "call-twice", OTEL_PARTS: parts, TARGET: target.url });
      service = started.service;
      const headers = { "x-request-id": "r-1", traceparent };
      const { text } = await ask(`${started.url}/ask`, { headers });
      answer = JSON.parse(text) as Answer;
      completion = await service.line(({ event_name }) => event_name === "http.server.request");
      await until(
        () => [serverSpan() === undefined, spans(spanKind.client).length],
        ([isMissing, clients]) => !isMissing && clients === clientSpans,
      );
    });
    afterAll(async () => {
      service.kill("SIGKILL");
      await Promise.all([service.ended, target.close()]);
    });

    it("the completion line has the server span's ids", () => {
      expect(completion).toMatchObject({ trace_id: traceId, span_id: serverSpan()?.spanId });
    });

    it("a line within has the active span's ids", () => {
      expect(service.lines.find(({ msg }) => msg === "within")).toMatchObject({
        request_id: "r-1",
        trace_id: traceId,
        span_id: answer.spanId,
      });
    });

    it.each(["http", "fetch"] as const)(
      "a call by %s carries one traceparent, of the span it belongs to",
      (way) => {
        const [sent, ...more] = valuesOf(answer[way], "traceparent");
        expect(more).toEqual([]);
        const ofClients = spans(spanKind.client).map(({ spanId }) => spanId);
        const parents = clientSpans < 2 ? [...ofClients, answer.spanId] : ofClients;
        const [, sentTrace, sentSpan] = sent?.split("-") ?? [];
        expect(sentTrace).toBe(traceId);
        expect(parents).toContain(sentSpan);
        expect(valuesOf(answer[way], "x-request-id")).toEqual(["r-1"]);
      },
    );

    it("a job that is made within carries the active span", () => {
      expect(answer.job).toEqual({
        "x-request-id": "r-1",
        traceparent: `00-${traceId}-${answer.spanId}-01`,
      });
    });
  });
}

function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_text, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
}
