import { describe, expect, it } from "vitest";
import { parseExposition, parseSeries } from "../../src/prometheus/scrape/exposition.ts";
import { seriesLabels } from "../../src/prometheus/scrape/series-labels.ts";

const read = (text: string, openMetrics = false) => parseExposition(text, { openMetrics });

describe("the text format", () => {
  it("gives values as they are written, and times in milliseconds", () => {
    const { samples } = read('a 1\nb{x="y"} 1.5e3 1700000000123\nc{} +Inf\nd -Inf\ne NaN\nf\t0x10\n');
    expect(samples.map(({ series, value, timeMs }) => [series, value, timeMs])).toEqual([
      ["a", 1, undefined],
      ['b{x="y"}', 1500, 1_700_000_000_123],
      ["c{}", Infinity, undefined],
      ["d", -Infinity, undefined],
      ["e", Number.NaN, undefined],
      ["f", 16, undefined],
    ]);
  });

  it("keeps type and help, and leaves other comments", () => {
    const text =
      "# HELP a all \\\\ of\\nit\n# TYPE a counter\n# just so\n#TYPE b gauge\n# TYPE c untyped\na 1";
    expect([...read(text).families]).toEqual([
      ["a", { type: "counter", help: "all \\ of\nit", unit: "" }],
      ["b", { type: "gauge", help: "", unit: "" }],
      ["c", { type: "unknown", help: "", unit: "" }],
    ]);
  });

  it.each(["a", "a b", "a 1 2 3", 'a{x="y" 1', "a{x=1} 1 x", "a 1 x"])("names the line of %j", (text) => {
    expect(() => read(`ok 1\n${text}`)).toThrow("line 2");
  });
});

describe("OpenMetrics", () => {
  it("has times in seconds, units, exemplars and an end", () => {
    const text =
      '# TYPE a histogram\n# UNIT a seconds\na_bucket{le="1"} 7 1700000000.5 # {trace_id="4bf9",x="}"} 0.4 1700000000.123\n# EOF\nafter 1';
    const { samples, families } = read(text, true);
    expect(samples).toEqual([
      {
        series: 'a_bucket{le="1"}',
        value: 7,
        timeMs: 1_700_000_000_500,
        exemplar: { labels: { trace_id: "4bf9", x: "}" }, value: 0.4, timeMs: 1_700_000_000_123 },
      },
    ]);
    expect(families.get("a")?.unit).toBe("seconds");
  });

  it("is refused when it breaks off", () => {
    expect(() => read("a 1\n", true)).toThrow('the text ends without "# EOF"');
  });
});

describe("the labels of a series", () => {
  it.each([
    ["a", { __name__: "a" }],
    ['a{b="c",}', { __name__: "a", b: "c" }],
    ['a{ b = "c" , d="" }', { __name__: "a", b: "c" }],
    ['a{b="x\\"y\\\\z\\n}{,#"}', { __name__: "a", b: 'x"y\\z\n}{,#' }],
    ['{"a.b","c.d"="e"}', { __name__: "a.b", "c.d": "e" }],
  ])("of %s", (series, labels) => {
    expect(Object.fromEntries(parseSeries(series))).toEqual(labels);
  });

  it.each(["a{b}", "a{b=c}", 'a{b="c" d="e"}', 'a{b="c",b="d"}', '{b="c"}'])(
    "are refused in %s",
    (series) => {
      expect(() => parseSeries(series)).toThrow();
    },
  );

  it("write bounds of buckets as Prometheus 3 does, and only those", () => {
    const { families } = read("# TYPE a histogram\n# TYPE s summary\na 1");
    const stored = (series: string): object =>
      seriesLabels(series, { families, targetLabels: {} }).toObject();
    expect(stored('a_bucket{le="1"}')).toMatchObject({ le: "1.0" });
    expect(stored('a_bucket{le="0.5"}')).toMatchObject({ le: "0.5" });
    expect(stored('a_bucket{le="+Inf"}')).toMatchObject({ le: "+Inf" });
    expect(stored('s{quantile="1"}')).toMatchObject({ quantile: "1.0" });
    expect(stored('other_bucket{le="1"}')).toMatchObject({ le: "1" });
  });

  it("are those of the target, and what it says itself is kept", () => {
    const labels = seriesLabels('a{job="own",x="y"}', {
      families: new Map(),
      targetLabels: { job: "services", instance: "h:1" },
    });
    expect(labels.toObject()).toEqual({
      __name__: "a",
      exported_job: "own",
      instance: "h:1",
      job: "services",
      x: "y",
    });
  });
});
