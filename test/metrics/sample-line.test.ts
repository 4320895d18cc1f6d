import { describe, expect, test } from "vitest";
import { formatLabels, formatValue, SampleWriter } from "../../src/metrics/sample-line.ts";

describe("labels", () => {
  test("backslash, quote and line feed are escaped, everything else is as it is", () => {
    expect(formatLabels({ a: 'x\\y"z\n', b: "é\u2028{}=,#" })).toBe('a="x\\\\y\\"z\\n",b="é\u2028{}=,#"');
  });

  test("numbers, booleans and null are written as text, undefined is no label", () => {
    expect(formatLabels({ a: 1, b: undefined, c: true, d: null })).toBe('a="1",c="true",d="null"');
  });

  test.each([
    Symbol("x"),
    {
      toString: () => {
        throw new Error("no");
      },
    },
    Object.create(null),
  ])("a value that has no text throws, for the scraper to leave the family out", (value) => {
    expect(() => formatLabels({ a: value })).toThrow();
  });

  test.each([
    [1, "1.0"],
    [0, "0.0"],
    [0.005, "0.005"],
    [7.5, "7.5"],
    [100_000, "100000.0"],
    [1_000_000, "1e+06"],
    [1_234_567, "1.234567e+06"],
    [1e21, "1e+21"],
    [1e-5, "1e-05"],
    [Number.POSITIVE_INFINITY, "+Inf"],
  ])("the bound %s is written %s, as Prometheus 3 stores it", (bound, text) => {
    expect(formatLabels({ le: bound })).toBe(`le="${text}"`);
    expect(formatLabels({ quantile: bound })).toBe(`quantile="${text}"`);
  });
});

describe("SampleWriter", () => {
  test("own labels win over default labels, shared ones over both, as in prom-client", () => {
    const writer = new SampleWriter("x", { app: "default", zone: "a" });
    expect(writer.write({ value: 1 })).toBe('x{app="default",zone="a"} 1');
    expect(writer.write({ value: 1, labels: { app: "own", le: 1 }, sharedLabels: { zone: "b" } })).toBe(
      'x{app="own",zone="b",le="1.0"} 1',
    );
  });

  test("labels and shared labels are joined with one comma, whichever are empty", () => {
    const writer = new SampleWriter("x", {});
    expect(writer.write({ value: 1 })).toBe("x 1");
    expect(writer.write({ value: 1, labels: {}, sharedLabels: {} })).toBe("x 1");
    expect(writer.write({ value: 1, labels: { a: 1 }, sharedLabels: {} })).toBe('x{a="1"} 1');
    expect(writer.write({ value: 1, labels: {}, sharedLabels: { b: 2 } })).toBe('x{b="2"} 1');
    expect(writer.write({ value: 1, labels: { a: 1 }, sharedLabels: { b: 2 }, metricName: "x_sum" })).toBe(
      'x_sum{b="2",a="1"} 1',
    );
  });
});

test.each([
  [Number.NaN, "NaN"],
  [Number.POSITIVE_INFINITY, "+Inf"],
  [Number.NEGATIVE_INFINITY, "-Inf"],
  [-0.5, "-0.5"],
  [1e21, "1e+21"],
])("the value %s is written %s", (value, text) => {
  expect(formatValue(value)).toBe(text);
});

test("what is no number throws", () => {
  expect(() => formatValue("1" as unknown as number)).toThrow(TypeError);
});
