import { describe, expect, it } from "vitest";
import { LineCollector } from "../../src/loki/collect/line-collector.ts";

const receivedMs = Date.parse("2026-11-25T10:00:00Z");

function collect(lines: readonly string[], collector = new LineCollector(), source = "a") {
  return collector.collect({ source, service: "guessed", text: lines.join("\n"), receivedMs });
}

function valuesOf(lines: readonly string[]) {
  return collect(lines).flatMap(({ values }) => values);
}

const compare = (a: string, b: string): number => (a < b ? -1 : 1);

describe("lines become entries", () => {
  it("with the labels and the structured metadata of the contract", () => {
    const line = JSON.stringify({
      time: "2026-11-25T09:59:59.123Z",
      level: "warn",
      msg: "late",
      service_name: "shop",
      deployment_environment_name: "development",
      request_id: "r1",
      trace_id: "t1",
      span_id: "s1",
    });
    expect(collect([line])).toEqual([
      {
        stream: { service_name: "shop", deployment_environment_name: "development", level: "warn" },
        values: [["1795600799123000001", line, { trace_id: "t1", span_id: "s1", request_id: "r1" }]],
      },
    ]);
  });

  it("of other pino formats, by their numbers and names", () => {
    const levels = [10, 20, 30, 40, 50, 60, 35].map((level) =>
      JSON.stringify({ level, time: receivedMs, name: "old" }),
    );
    expect(collect(levels).map(({ stream }) => stream)).toEqual(
      ["trace", "debug", "info", "warn", "error", "fatal"].map((level) => ({ service_name: "old", level })),
    );
    const values = valuesOf(['{"level":"INFO","timestamp":1795600799,"reqId":4,"traceId":"t"}']);
    expect(values[0]?.[0]).toMatch(/^1795600799000/);
    expect(values[0]?.[2]).toEqual({ trace_id: "t", request_id: "4" });
  });

  it("that are no JSON, for the service that wrote before them", () => {
    const collector = new LineCollector();
    expect(collect(["before"], collector)[0]?.stream).toEqual({ service_name: "guessed" });
    collect(['{"level":"info","service_name":"shop","deployment_environment_name":"dev"}'], collector);
    const trace = ["TypeError: x", "    at y (z.js:1)", '{"cut":"of'];
    expect(collect(trace, collector)).toEqual([
      {
        stream: { service_name: "shop", deployment_environment_name: "dev" },
        values: trace.map((line) => [expect.stringMatching(/^1795600800000\d{6}$/), line, {}]),
      },
    ]);
    expect(collect(["elsewhere"], collector, "b")[0]?.stream).toEqual({ service_name: "guessed" });
  });

  it("of an environment that is known of their source, where they name none", () => {
    const lines = ["> shop start", '{"level":"info","service_name":"shop"}'];
    const own = '{"level":"info","service_name":"shop","deployment_environment_name":"staging"}';
    const environments = new LineCollector()
      .collect({
        source: "a",
        service: "guessed",
        environment: "development",
        text: [...lines, own, "TypeError: x"].join("\n"),
        receivedMs,
      })
      .map(({ stream }) => stream["deployment_environment_name"]);
    expect(environments).toEqual(["development", "development", "staging", "staging"]);
  });

  it("of which equal ones in one millisecond all count, in their order", () => {
    const values = valuesOf(["tick", "tick", "", "tick\r"]);
    expect(values.map(([, line]) => line)).toEqual(["tick", "tick", "tick"]);
    expect(new Set(values.map(([time]) => time)).size).toBe(3);
    expect(values.map(([time]) => String(time))).toEqual(
      values.map(([time]) => String(time)).toSorted(compare),
    );
  });
});
