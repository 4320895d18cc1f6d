import { describe, expect, it } from "vitest";
import { createEngine, LogStore } from "../../src/logql/index.ts";
import { at, lines, samples } from "./setup.ts";

function pushed(
  entries: readonly (readonly [number, string, Record<string, string>?])[],
  store = new LogStore(),
): LogStore {
  store.push([
    {
      stream: { job: "test" },
      values: entries.map(([time, line, metadata]) => [at(time), line, metadata ?? {}] as const),
    },
  ]);
  return store;
}

describe("the store", () => {
  it("leaves out an entry with the same time, line and labels as one it holds", () => {
    const store = pushed([
      [1, "a"],
      [1, "a"],
      [1, "b"],
      [2, "a"],
    ]);
    expect(lines(store, '{job="test"}')).toHaveLength(3);
  });

  it("takes entries in any order", () => {
    const store = pushed([
      [3, "c"],
      [1, "a"],
      [2, "b"],
    ]);
    expect(lines(store, '{job="test"}')).toEqual(["{job=test} a", "{job=test} b", "{job=test} c"]);
    expect(
      samples(
        store,
        'first_over_time({job="test"} | label_format v=`{{ __timestamp__ | unixEpoch }}` | unwrap v [100s]) by (job)',
      ),
    ).toEqual(["{job=test} 1795300001"]);
  });

  it("forgets the oldest chunks past its size", () => {
    const store = new LogStore({ maxBytes: 64 * 1024 });
    for (let i = 0; i < 100; i++)
      pushed(
        Array.from({ length: 20 }, (_, k) => [i * 20 + k, `${i}-${k} ${"x".repeat(90)}`] as const),
        store,
      );
    expect(store.bytes).toBeLessThanOrEqual(64 * 1024);
    expect(store.bytes).toBeGreaterThan(48 * 1024);
    expect(samples(store, 'count_over_time({job="test"} |~ "^99-19 " [1h])', 2100)).toEqual(["{job=test} 1"]);
    expect(samples(store, 'count_over_time({job="test"} |~ "^0-0 " [1h])', 2100)).toEqual([]);
  });

  it("forgets what is older than its age, and streams that are empty then", () => {
    const store = new LogStore({ maxAge: 10_000 });
    store.push([{ stream: { job: "old" }, values: [[at(1), "old"]] }]);
    store.push([{ stream: { job: "new" }, values: [[at(60), "new"]] }]);
    expect(store.series()).toEqual([{ job: "new" }]);
  });

  it("takes little more memory than the bytes it holds", () => {
    const store = new LogStore();
    const values = Array.from({ length: 20_000 }, (_, i) => [at(i), `${i} ${"x".repeat(340)}`] as const);
    store.push([{ stream: { job: "test" }, values }]);
    expect(store.footprint / store.bytes).toBeLessThan(1.6);
  });

  it("keeps nanoseconds", () => {
    const store = new LogStore();
    store.push([
      {
        stream: { job: "test" },
        values: [
          ["1795300000123456789", "a"],
          [1795300000123456790n, "b"],
        ],
      },
    ]);
    const { result } = createEngine(store).queryRange('{job="test"}', {
      start: "1795300000123456789",
      end: "1795300000123456790",
    });
    expect(result).toEqual([{ stream: { job: "test" }, values: [["1795300000123456789", "a"]] }]);
  });

  it("refuses a time that is no nanoseconds", () => {
    expect(() => pushed([]).push([{ stream: { a: "b" }, values: [["2026-01-01", "x"]] }])).toThrow(TypeError);
  });

  it("keeps structured metadata beside the line: a clash with a stream label is _extracted", () => {
    const store = pushed([
      [1, "a", { trace_id: "t", job: "m" }],
      [2, "b"],
    ]);
    expect(lines(store, '{job="test"}')).toEqual(["{job=test,job_extracted=m,trace_id=t} a", "{job=test} b"]);
    expect(lines(store, '{job="test"} | trace_id="t"')).toHaveLength(1);
  });

  it("finds a needle in the line only, neither in metadata nor over two lines", () => {
    const store = pushed([
      [1, "xab", { k: "needle" }],
      [2, "cd"],
      [3, "needle"],
    ]);
    expect(lines(store, '{job="test"} |= "needle"')).toEqual(["{job=test} needle"]);
    expect(lines(store, '{job="test"} |= "bc"')).toEqual([]);
  });

  it("reads lines that are not ASCII whole, beside ones that are", () => {
    const store = pushed([
      [1, '{"a":"é"}'],
      [2, '{"a":"e"}'],
      [3, "日本"],
    ]);
    expect(samples(store, 'sum by (a) (count_over_time({job="test"} |= "a" | json [100s]))').sort()).toEqual([
      "{a=e} 1",
      "{a=é} 1",
    ]);
    expect(samples(store, 'bytes_over_time({job="test"} |= "日" [100s])')).toEqual(["{job=test} 6"]);
  });

  it("a line that ends where a value should stand takes none from the next", () => {
    const store = pushed([
      [1, '{"n":'],
      [2, "5}"],
    ]);
    const query = 'sum by (n) (count_over_time({job="test"} != "}" | json [100s]))';
    expect(() => samples(store, query)).toThrow("JSONParserErr");
  });

  it("a broken line does not run into the next", () => {
    const store = pushed([
      [1, '{"n":1'],
      [2, '2,"m":5}'],
      [3, '{"n":7,"x":"'],
      [4, '"}'],
      [5, '{"n":3}'],
    ]);
    expect(samples(store, 'sum(sum_over_time({job="test"} | json | unwrap n [100s]))')).toEqual(["{} 11"]);
  });
});
