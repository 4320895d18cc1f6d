import { describe, expect, test } from "vitest";
import { medianOf, ratioOfMedians } from "../../bench/statistics.ts";

describe("medianOf", () => {
  test("is the middle value, or half way between the two in the middle", () => {
    expect(medianOf([9, 1, 5]).value).toBe(5);
    expect(medianOf([9, 1, 5, 7]).value).toBe(6);
  });

  test("one outlier moves neither the median nor its interval to itself", () => {
    const estimate = medianOf([...Array.from({ length: 30 }, (_, index) => 100 + index), 10_000]);
    expect(estimate.value).toBe(115);
    expect(estimate.high).toBeLessThan(130);
  });

  test("the interval holds the median, and the same values give the same interval", () => {
    const values = [4, 8, 15, 16, 23, 42];
    const { value, low, high } = medianOf(values);
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
    expect(medianOf(values)).toEqual({ value, low, high });
  });

  test("nothing has no median", () => {
    expect(() => medianOf([])).toThrow(RangeError);
  });
});

describe("ratioOfMedians", () => {
  test("rounds that all double give exactly two, however much they vary among themselves", () => {
    const below = [10, 50, 20, 90, 30];
    const above = below.map((value) => value * 2);
    expect(ratioOfMedians(above, below)).toEqual({ value: 2, low: 2, high: 2 });
  });

  test("series of different length have no rounds in common", () => {
    expect(() => ratioOfMedians([1, 2], [1])).toThrow("2 rounds can't pair with 1");
  });
});
