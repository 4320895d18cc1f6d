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

describe("a grouped average", () => {
  const store = storeOf("took=4", "took=6", "no number here");
  const query = 'avg_over_time({job="test"} | logfmt | unwrap took [100s]) by (job)';

  it("counts the lines without the label, as Loki's HTTP API does", () => {
    expect(samples(store, query)).toEqual(["{job=test} 3.3333333333333335"]);
  });

  it("is one of the values alone for a rule, as Loki's ruler has it", () => {
    const { result } = createEngine(store).query(query, { time: at(100), asRuler: true });
    expect(result).toEqual([{ metric: { job: "test" }, value: [Number(at(100)) / 1e9, "5"] }]);
  });
});

describe("a json expression that fails", () => {
  it("gives no label of its own where the stream has one of its name", () => {
    expect(
      lines(storeOf('{"status":abc}'), '{job="test"} | json job="status" | drop __error_details__'),
    ).toEqual(['{__error__=JSONParserErr,job=test} {"status":abc}']);
  });
});

describe("series", () => {
  it("a label that is missing is not one that is empty", () => {
    const query = 'sum by (a) (count_over_time({job="test"} | logfmt --keep-empty [100s]))';
    expect(samples(storeOf("x=1", "a=", "x=2"), query)).toEqual(["{} 2", "{a=} 1"]);
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

describe("what could exhaust the process", () => {
  it("a document of nothing but braces parses as far as names go", () => {
    const deep = storeOf(`${'{"a":'.repeat(40_000)}1${"}".repeat(40_000)}`);
    expect(samples(deep, 'sum(count_over_time({job="test"} | json | __error__="" [100s]))')).toEqual([
      "{} 1",
    ]);
  });

  it.each([
    ["operators", Array(20_000).fill("1").join("+")],
    ["label filters", `{a="b"} | ${Array(10_000).fill("x=1").join(" or ")}`],
    ["parentheses", `${"(".repeat(50_000)}1${")".repeat(50_000)}`],
    ["groups of a pattern", `{a="b"} |~ "${"(".repeat(20_000)}a${")".repeat(20_000)}"`],
    ["templates", `{a="b"} | line_format "${"{{if .a}}".repeat(5000)}"`],
    ["characters", `{a="${"b".repeat(200_000)}"}`],
  ])("too many %s are an error with a place", (_, query) => {
    expect(() => samples(new LogStore(), query)).toThrow(LogqlError);
  });

  it.each([
    '{{ repeat 1000000000 "x" }}',
    '{{ printf "%999999999d" 1 }}',
    "{{ range $i := 100000000 }}{{ $i }}{{ end }}",
    '{{ define "t" }}{{ template "t" }}{{ end }}{{ template "t" }}',
  ])("a template that would fill the memory is an error of the line: %s", (template) => {
    const [line] = lines(storeOf("a"), `{job="test"} | line_format \`${template}\``);
    expect(line).toContain("__error__=TemplateFormatErr");
  });

  it("a regular expression that backtracks can't hang a query", () => {
    const store = storeOf(`${"a".repeat(50_000)}!`);
    expect(lines(store, '{job="test"} |~ "^(a+)+$"')).toEqual([]);
    expect(lines(store, '{job="test"} | regexp "(?P<x>(a|aa)+)b"')).toHaveLength(1);
    expect(
      samples(
        store,
        'count_over_time({job="test"} | label_format x=`{{ regexReplaceAll "(a*)*c" __line__ "" }}` | drop x [100s])',
      ),
    ).toHaveLength(1);
  });

  it("more series than the limit are an error, and so are more steps and more entries", () => {
    const store = storeOf(...Array.from({ length: 600 }, (_, i) => `n=${i}`));
    expect(() => samples(store, 'count_over_time({job="test"} | logfmt [1000s])', 1000)).toThrow(
      "maximum of series (500)",
    );
    expect(
      samples(
        createEngine(store, { limits: { maxSeries: 600 } }),
        'count_over_time({job="test"} | logfmt [1000s])',
        1000,
      ),
    ).toHaveLength(600);
    expect(() => points(store, 'rate({job="test"}[1s])', { start: 0, end: 20_000, step: 1 })).toThrow(
      "11000 points",
    );
    const engine = createEngine(store);
    expect(() => engine.queryRange('{job="test"}', { start: at(0), end: at(9), limit: 5001 })).toThrow(
      "max entries limit",
    );
  });
});
