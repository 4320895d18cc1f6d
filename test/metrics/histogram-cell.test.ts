import { describe, expect, test } from "vitest";
import { HistogramCell } from "../../src/metrics/histogram-cell.ts";
import type { MetricSample } from "../../src/metrics/own-metric.ts";

function samplesOf(cell: HistogramCell): MetricSample[] {
  const samples: MetricSample[] = [];
  cell.appendTo(samples, "x");
  return samples;
}

describe("HistogramCell", () => {
  test("a value equal to a bound belongs to that bucket, and buckets are cumulative", () => {
    const cell = new HistogramCell({ a: "b" }, [1, 2]);
    for (const value of [0, 1, 1.5, 2, 3]) expect(cell.observe(value)).toBe(true);
    expect(samplesOf(cell).map(({ metricName, labels, value }) => [metricName, labels, value])).toEqual([
      ["x_bucket", { le: 1 }, 2],
      ["x_bucket", { le: 2 }, 4],
      ["x_bucket", { le: "+Inf" }, 5],
      ["x_sum", {}, 7.5],
      ["x_count", {}, 5],
    ]);
  });

  test.each([Number.NaN, -0.001, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "%s is refused and leaves sum and count as they were",
    (value) => {
      const cell = new HistogramCell({}, [1]);
      cell.observe(0.5);
      expect(cell.observe(value)).toBe(false);
      expect(
        samplesOf(cell)
          .slice(-2)
          .map((sample) => sample.value),
      ).toEqual([0.5, 1]);
    },
  );

  test("a cell without observations shows zeros, so that its first increase is one", () => {
    expect(samplesOf(new HistogramCell({}, [1])).map(({ value }) => value)).toEqual([0, 0, 0, 0]);
  });

  test("each bucket keeps the last exemplar, and a read one does not change afterwards", () => {
    const cell = new HistogramCell({}, [1]);
    cell.observe(0.1, "t1", "s1");
    const before = samplesOf(cell)[0]?.exemplar;
    cell.observe(0.2, "t2", undefined);
    cell.observe(5, "t3", "s3");
    expect(before).toMatchObject({ labelSet: { trace_id: "t1", span_id: "s1" }, value: 0.1 });
    expect(samplesOf(cell).map(({ exemplar }) => exemplar?.labelSet)).toEqual([
      { trace_id: "t2" },
      { trace_id: "t3", span_id: "s3" },
      undefined,
      undefined,
    ]);
  });
});
