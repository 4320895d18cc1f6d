import { describe, expect, it } from "vitest";
import { createEngine, LogqlError, LogStore } from "../../src/logql/index.ts";
import { at, lines, points, samples, storeOf } from "./setup.ts";

const mixed = storeOf(
  '{"level":"info","status":200}',
  '{"level":"error","status":500}',
  '{"level":"error","status":503}',
  "plain text",
  '{"level":"info","status":',
);

describe("parser hints", () => {
  it("a sum without labels parses nothing, so that broken lines count", () => {
    expect(samples(mixed, 'sum(count_over_time({job="test"} | json [100s]))')).toEqual(["{} 5"]);
  });

  it("a sum by a parsed label meets the broken line, and the query fails", () => {
    const query = (): unknown =>
      samples(mixed, 'sum by (level) (count_over_time({job="test"} | json [100s]))');
    expect(query).toThrow(LogqlError);
    expect(query).toThrow("pipeline error: 'JSONParserErr'");
  });

  it("a numeric filter drops the lines that lack the label, broken or not", () => {
    expect(
      samples(mixed, 'sum by (level) (count_over_time({job="test"} | json | status >= 500 [100s]))'),
    ).toEqual(["{level=error} 2"]);
  });
});

describe("windows", () => {
  it("a range is open at its start and closed at its end", () => {
    const store = storeOf("a", "b", "c");
    const range = { start: 0, end: 5, step: 1 };
    expect(points(store, 'count_over_time({job="test"}[2s])', range)).toEqual(["1", "2", "2", "1"]);
  });

  it("offset looks back from every step", () => {
    expect(samples(storeOf("a"), 'count_over_time({job="test"}[1s] offset 99s)')).toEqual(["{job=test} 1"]);
  });

  it("a log query reads from its start up to, and not including, its end", () => {
    const engine = createEngine(storeOf("a", "b", "c"));
    const result = engine.queryRange('{job="test"}', { start: at(1), end: at(3), direction: "forward" });
    expect(result.result).toEqual([
      {
        stream: { job: "test" },
        values: [
          [at(1), "a"],
          [at(2), "b"],
        ],
      },
    ]);
  });
});

describe("log queries", () => {
  it("filters by line and by label", () => {
    expect(lines(mixed, '{job="test"} |= "error" | json | status > 500')).toEqual([
      '{job=test,level=error,status=503} {"level":"error","status":503}',
    ]);
  });

  it("backward gives the newest lines, newest first, up to the limit", () => {
    const engine = createEngine(storeOf("a", "b", "c"));
    const result = engine.queryRange('{job="test"}', { start: at(0), end: at(10), limit: 2 });
    expect(result.result).toEqual([
      {
        stream: { job: "test" },
        values: [
          [at(3), "c"],
          [at(2), "b"],
        ],
      },
    ]);
  });
});

describe("errors", () => {
  it("a parse error names the place", () => {
    expect(() => samples(new LogStore(), 'sum(rate({job="x"} |~ "(" [1m]))')).toThrow("line 1, col 23");
  });
});
