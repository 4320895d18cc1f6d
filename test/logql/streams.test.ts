import { describe, expect, it } from "vitest";
import {
  createEngine,
  createLogStream,
  createMetricStream,
  LogStore,
  type QueryResult,
} from "../../src/logql/index.ts";
import { at } from "./setup.ts";

const levels = ["info", "warn", "error"];
const lines = Array.from({ length: 600 }, (_, i) =>
  i % 50 === 49 ? `plain ${i}` : `{"level":"${levels[i % 3]}","route":"/${i % 4}","ms":${(i * 7919) % 1000}}`,
);
const stream = { job: "test" };

function wholeStore(): LogStore {
  const store = new LogStore();
  store.push([{ stream, values: lines.map((line, i) => [at(i), line] as const) }]);
  return store;
}

describe("a metric query fed piece by piece gives what one over the whole gives", () => {
  const metric = [
    'sum by (level) (count_over_time({job="test"} | json | __error__="" [2m]))',
    'rate({job="test"} |= "error" [1m] offset 30s)',
    'quantile_over_time(0.95, {job="test"} | json | unwrap ms | __error__="" [3m]) by (route)',
    'sum(bytes_over_time({job="test"}[1m])) / count(count_over_time({job="test"} | json | __error__="" | keep level [1m]))',
    'absent_over_time({job="none"}[1m])',
    'topk(2, sum by (route) (count_over_time({job="test"} | json | __error__="" [5m])))',
    "vector(1) + 1",
  ];

  it.each(metric)("%s", (query) => {
    const range = { start: at(0), end: at(600), step: 30 };
    const whole = createEngine(wholeStore());
    expect(inOrder(fed(query).queryRange(range))).toEqual(inOrder(whole.queryRange(query, range)));
    const time = at(400);
    expect(inOrder(fed(query).query({ time }))).toEqual(inOrder(whole.query(query, { time })));
  });

  it("an error counts only where its line lies in a window", () => {
    const query = 'sum by (level) (count_over_time({job="test"} | json [10s]))';
    expect(() => fed(query).query({ time: at(49) })).toThrow("JSONParserErr");
    expect(() => fed(query).query({ time: at(48) })).not.toThrow();
    expect(() => fed(query).queryRange({ start: at(0), end: at(47), step: 1 })).not.toThrow();
    expect(() => fed(query).queryRange({ start: at(0), end: at(120), step: 1 })).toThrow("JSONParserErr");
  });

  it("refuses a log query", () => {
    expect(() => createMetricStream('{job="test"}', { base: 0n })).toThrow("log query");
  });
});

// Series come in the order they were met.
function inOrder({ resultType, result }: QueryResult): unknown {
  const items: readonly unknown[] = result;
  return [resultType, ...items.map((one) => JSON.stringify(one)).sort()];
}

function fed(query: string): ReturnType<typeof createMetricStream> {
  const metric = createMetricStream(query, { base: at(0) });
  const store = new LogStore();
  for (let from = 0; from < lines.length; from += 70) {
    const values = lines.slice(from, from + 70).map((line, i) => [at(from + i), line] as const);
    store.push([{ stream, values }]);
    metric.feed(store);
    store.clear();
  }
  return metric;
}

describe("a log query line by line gives what one over the whole gives", () => {
  it.each([
    '{job="test"} |= "error" | json | ms > 500',
    '{job="test"} | json | __error__!=""',
    '{job="test"} | json | level=~"warn|error" | line_format "{{.route}} {{.ms}}"',
    '{job="test"} | regexp "plain (?P<n>[0-9]+)" | n != ""',
    '{job="test"} | json | drop level, ms | route = "/1"',
    '{job="other"}',
  ])("%s", (query) => {
    const answer = createEngine(wholeStore()).queryRange(query, {
      start: at(0),
      end: at(600),
      limit: 1000,
      direction: "forward",
    });
    const expected =
      answer.resultType === "streams"
        ? answer.result.flatMap((one) => one.values.map(([ns, line]) => ({ ns, line, labels: one.stream })))
        : [];
    expected.sort((a, b) => (BigInt(a.ns) < BigInt(b.ns) ? -1 : 1));
    expect(streamed(query, true)).toEqual(expected.map(({ line, labels }) => ({ line, labels })));
    expect(streamed(query, false).map(({ line }) => line)).toEqual(expected.map(({ line }) => line));
  });

  it("refuses a metric query", () => {
    expect(() => createLogStream('rate({job="test"}[1m])', { labels: false })).toThrow("metric query");
  });
});

function streamed(query: string, labels: boolean): { line: string; labels: Record<string, string> }[] {
  const log = createLogStream(query, { labels });
  if (!log.enter(stream)) return [];
  return lines.flatMap((line, i) => {
    const passed = log.run(line, { ms: i, subNs: 0 });
    return passed ? [{ line: passed.line, labels: passed.labels() }] : [];
  });
}
