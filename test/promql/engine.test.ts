import { describe, expect, it } from "vitest";
import { createPromqlEngine, PromqlError, SeriesStore } from "../../src/promql/index.ts";
import { goldenStore, recorded } from "./golden/compare.ts";

const engine = createPromqlEngine(new SeriesStore());

function refusal(query: string): string {
  try {
    engine.query(query, 0);
  } catch (error) {
    if (error instanceof PromqlError) return error.message;
    throw error;
  }
  return "answered";
}

describe("a PromQL engine", () => {
  it.each([
    ["sum(\n  info(up))", "2:3: unsupported: info: experimental"],
    ["limitk(2, up)", "1:1: unsupported: limitk: experimental"],
    ["rate(up[5m] smoothed)", "1:13: unsupported: smoothed is experimental"],
    ["up[5m * 2]", "1:7: unsupported: arithmetic on durations"],
    ["histogram_sum(up)", "1:1: unsupported: histogram_sum: works on native histograms"],
    ["sum(up", '1:7: parse error: unexpected end of input in aggregation, expected "," or ")"'],
    [
      "rate(up)",
      '1:6: parse error: expected type range vector in call to function "rate", got instant vector',
    ],
    ['up{job=~"("}', "1:9: parse error: "],
  ])("says of %s what is wrong, and where", (query, message) => {
    expect(refusal(query)).toContain(message);
  });

  it("refuses a query whose nesting or length would overflow the stack", () => {
    expect(refusal(`${"(".repeat(5000)}1${")".repeat(5000)}`)).toContain("more than 1000 parts");
    expect(refusal(`${"-".repeat(5000)}1`)).toContain("more than 1000 parts");
    expect(refusal(Array(5000).fill("up").join(" + "))).toContain("more than 1000 parts");
    expect(refusal(Array(450).fill("up").join(" + "))).toBe("answered");
  });

  it("refuses more steps and samples than the limits allow", () => {
    const range = { startMs: 0, endMs: 11_001_000, stepMs: 1000 };
    expect(() => engine.queryRange("1", range)).toThrow("exceeded maximum resolution of 11000 points");
    const small = createPromqlEngine(goldenStore(), { maxSamples: 100 });
    const nowMs = (recorded.base + 900) * 1000;
    expect(() => small.query("rate(http_requests_total[15m])", nowMs)).toThrow("more than 100 samples");
    expect(() => engine.query("sum_over_time(vector(1)[10y:1s])", nowMs)).toThrow("make its step longer");
  });
});
