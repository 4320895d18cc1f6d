import { describe, expect, it } from "vitest";
import { createEngine, LogStore } from "../../src/logql/index.ts";

const start = 1_700_000_000_000;

/** Small chunks, so that most of them take no more lines. */
function filled(from: number, to: number, store: LogStore = new LogStore({ maxBytes: 160_000 })): LogStore {
  for (let n = from; n < to; n++) {
    const line = JSON.stringify({ n, ms: (n * 7) % 100, route: `/r${n % 3}`, outcome: n % 9 ? "ok" : "bad" });
    const level = n % 5 === 0 ? "error" : "info";
    store.push([{ stream: { app: "shop", level }, values: [[`${start + n * 1000}${"000001"}`, line]] }]);
  }
  return store;
}

const queries: readonly string[] = [
  "sum(count_over_time({app=`shop`} [30s]))",
  "sum by (route) (rate({app=`shop`} | json route [45s]))",
  "count_over_time({app=`shop`} | json route | route=`/r1` [30s] offset 10s)",
  "quantile_over_time(0.5, {app=`shop`} | json ms, route | unwrap ms [1m]) by (route)",
  "quantile_over_time(0.9, {app=`shop`} | json ms, route | unwrap ms [1m]) by (route)",
  "sum(bytes_over_time({app=`shop`} |= `bad` [1m]))",
  "sum by (level) (count_over_time({app=`shop`} | json outcome | outcome=`bad` [50s])) / sum by (level) (count_over_time({app=`shop`} [50s]))",
  "max_over_time({app=`shop`} | json ms | unwrap ms | __error__=`` [20s]) without (ms)",
];

function ask(store: LogStore, query: string, shiftS: number, engine = createEngine(store)): unknown {
  const at = (seconds: number): string => `${start + (seconds + shiftS) * 1000}000000`;
  const { result } = engine.queryRange(query, { start: at(60), end: at(540), step: "15s" });
  return result;
}

describe("an engine asked again", () => {
  it.each(queries)("answers as one that never saw the lines: %s", (query) => {
    const store = filled(0, 600);
    const engine = createEngine(store);
    for (const shift of [0, 7, 7, -20]) {
      expect(ask(store, query, shift, engine)).toEqual(ask(store, query, shift));
    }
    expect(JSON.stringify(ask(store, query, 0, engine)).length).toBeGreaterThan(200);
  });

  it.each(queries)("sees lines that came, and none that went: %s", (query) => {
    const store = filled(0, 600);
    const engine = createEngine(store);
    const before = ask(store, query, 300, engine);
    filled(600, 1800, store);
    const after = ask(store, query, 300, engine);
    expect(after).not.toEqual(before);
    expect(after).toEqual(ask(store, query, 300));
    filled(1800, 6000, store);
    expect(ask(store, query, 0, engine)).toEqual(ask(store, query, 0));
  });

  it("fails by a line of the window alone, whatever was asked before", () => {
    const store = filled(0, 300);
    const broken = `${start + 300_000}000000`;
    store.push([{ stream: { app: "shop", level: "info" }, values: [[broken, '{"ms":"x","route":"/r1"}']] }]);
    filled(301, 600, store);
    const engine = createEngine(store);
    const query = "sum(sum_over_time({app=`shop`} | json ms | unwrap ms [30s]))";
    const failing = (): unknown => ask(store, query, 0, engine);
    expect(failing).toThrow("SampleExtractionErr");
    const before = { start: `${start + 60_000}000000`, end: `${start + 290_000}000000`, step: "15s" };
    expect(engine.queryRange(query, before).result).toHaveLength(1);
    expect(failing).toThrow("SampleExtractionErr");
  });
});
