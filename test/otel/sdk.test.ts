import { createServer } from "node:http";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LogLine } from "../../src/index.ts";
import { Child } from "../support/child.ts";
import { ask } from "../support/client.ts";
import { until } from "../support/poll.ts";
import { type Served, serve } from "../support/serve.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const setup = pathToFileURL(resolve("test/fixtures/otel-sdk.mjs"));

/** OpenTelemetry's numbers. */
const spanKind = { server: 1, client: 2 } as const;

interface Span {
  readonly kind: number;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
}

interface Answer {
  /** The span that was active in the handler. */
  readonly spanId: string;
  /** The headers that the two calls arrived with, names and values in turn. */
  readonly http: readonly string[];
  readonly fetch: readonly string[];
  readonly job: Readonly<Record<string, string>>;
}

let target: Served;
beforeAll(async () => {
  target = await serve(createServer((req, res) => void res.end(JSON.stringify(req.rawHeaders))));
});
afterAll(() => target.close());

/** A framework's service as a process of its own, with the SDK loaded before it. */
function startService(framework: string, parts: string): Child {
  const env = {
    WORK: "call-twice",
    NODE_OPTIONS: `--import=${setup.href}`,
    OTEL_PARTS: parts,
    TARGET: target.url,
  };
  return new Child(`${framework}.mjs`, env, { folder: "test/fixtures/services" });
}

function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_text, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
}

describe.each(["node", "express", "fastify", "koa", "hono", "nest"])(
  "with an OpenTelemetry SDK loaded by --import, %s",
  (framework) => {
    describe.each(["servers and clients", "servers"])("that instruments %s", (parts) => {
      let service: Child;
      let answer: Answer;
      let completion: LogLine;
      const spans = (kind: number): Span[] =>
        service.stderr
          .split("\n")
          .filter((text) => text.startsWith("{"))
          .map((text) => JSON.parse(text) as Span)
          .filter((span) => span.kind === kind);

      beforeAll(async () => {
        service = startService(framework, parts);
        const { port } = await service.line(({ msg }) => msg === "listening");
        const headers = { "x-request-id": "r-1", traceparent };
        const { text } = await ask(`http://127.0.0.1:${String(port)}/ask`, { headers });
        answer = JSON.parse(text) as Answer;
        completion = await service.line(({ event_name }) => event_name === "http.server.request");
        await until(
          () => [spans(spanKind.server).length, spans(spanKind.client).length],
          ([servers, clients]) => servers === 1 && clients === (parts === "servers" ? 0 : 2),
        );
      });
      afterAll(async () => {
        service.kill("SIGKILL");
        await service.ended;
      });

      it("the completion line has the server span's ids", () => {
        const [server] = spans(spanKind.server);
        expect(server?.traceId).toBe(traceId);
        expect(completion).toMatchObject({ trace_id: traceId, span_id: server?.spanId });
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
          expect(ofClients).toHaveLength(parts === "servers" ? 0 : 2);
          const parents = parts === "servers" ? [answer.spanId] : ofClients;
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
  },
);
