import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LabelSet } from "../../src/logql/parts.ts";
import { createPromqlEngine, SeriesStore } from "../../src/promql/index.ts";

const labels = (name: string, rest: Record<string, string> = {}): LabelSet =>
  LabelSet.from(Object.entries({ __name__: name, ...rest }));
const all = (store: SeriesStore, name: string): { times: number[]; values: number[] } => {
  const series = store.select([
    { name: "__name__", operator: "=", value: name, matches: (text) => text === name, offset: 0 },
  ])[0];
  const { times, values } = series?.read(-Infinity, Infinity) ?? { times: [], values: [] };
  return { times: [...times], values: [...values] };
};

describe("a store of series", () => {
  it("gives back every sample as it was, whatever the times and the numbers", () => {
    const sample = fc.record({
      apart: fc.oneof(fc.constant(5000), fc.integer({ min: 1, max: 20_000_000 })),
      value: fc.oneof(fc.double(), fc.integer(), fc.constant(-0), fc.integer({ min: 0, max: 9 })),
    });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 400 }), (samples) => {
        const store = new SeriesStore();
        let timeMs = 1_700_000_000_000;
        const times = samples.map(({ apart }) => {
          timeMs += apart;
          return timeMs;
        });
        samples.forEach(({ value }, i) => {
          expect(store.append(labels("x"), times[i] ?? 0, value)).toBe(true);
        });
        expect(all(store, "x")).toEqual({ times, values: samples.map(({ value }) => value) });
      }),
    );
  });

  it("takes no sample that is not newer than the last", () => {
    const store = new SeriesStore();
    expect(store.append(labels("x"), 1000, 1)).toBe(true);
    expect(store.append(labels("x"), 1000, 2)).toBe(false);
    expect(store.append(labels("x"), 999, 2)).toBe(false);
    expect(all(store, "x")).toEqual({ times: [1000], values: [1] });
  });

  it("needs few bytes for a counter that is scraped evenly", () => {
    const store = new SeriesStore();
    for (let i = 0; i < 12_000; i++) store.append(labels("x"), 1_700_000_000_000 + i * 5000, i * 3);
    expect(store.bytes / store.sampleCount).toBeLessThan(3);
  });

  it("keeps within its bytes, and forgets the oldest first", () => {
    const store = new SeriesStore({ maxBytes: 200_000 });
    for (let i = 0; i < 3000; i++) {
      for (let series = 0; series < 40; series++)
        store.append(labels("x", { series: `${series}` }), i * 5000, Math.sin(i));
      if (i % 100 === 0) store.enforceLimits();
    }
    store.enforceLimits();
    expect(store.bytes).toBeLessThanOrEqual(200_000);
    const { times } = all(store, "x");
    expect(times.at(-1)).toBe(2999 * 5000);
    expect(times[0]).toBeGreaterThan(0);
  });

  it("keeps within its bytes when every series is new", () => {
    const store = new SeriesStore({ maxBytes: 100_000 });
    for (let i = 0; i < 5000; i++) {
      store.append(labels("x", { path: `/${i}` }), i * 1000, i);
      if (i % 50 === 0) store.enforceLimits();
    }
    store.enforceLimits();
    expect(store.bytes).toBeLessThanOrEqual(100_000);
    expect(store.seriesCount).toBeGreaterThan(20);
  });

  it("forgets what is older than its age, and then the series", () => {
    const store = new SeriesStore({ maxAgeMs: 60_000 });
    store.append(labels("gone"), 1000, 1);
    store.append(labels("here"), 100_000, 1);
    store.enforceLimits();
    expect(store.seriesCount).toBe(1);
    expect(all(store, "gone")).toEqual({ times: [], values: [] });
  });

  it("tells a stale marker from a plain NaN, over chunks too", () => {
    const store = new SeriesStore();
    for (let i = 0; i < 130; i++) store.append(labels("x"), i * 1000, i % 2 ? Number.NaN : i);
    store.appendStale(labels("x"), 130_000);
    const engine = createPromqlEngine(store);
    expect(engine.query("x", 129_500).result).toMatchObject([{ value: [129.5, "NaN"] }]);
    expect(engine.query("x", 130_000).result).toEqual([]);
    expect(engine.query("count_over_time(x[200s])", 130_000).result).toMatchObject([{ value: [130, "130"] }]);
  });
});
