import { createEngine, type Engine, LogStore, type QueryResult } from "../../src/logql/index.ts";

/** Nanoseconds of a second after a fixed time. */
export function at(seconds: number): string {
  return (1_795_300_000_000_000_000n + BigInt(Math.round(seconds * 1000)) * 1_000_000n).toString();
}

/** A store with one stream `{job="test"}`: the lines come a second apart, from second 1 on. */
export function storeOf(...lines: readonly string[]): LogStore {
  const store = new LogStore();
  store.push([{ stream: { job: "test" }, values: lines.map((line, i) => [at(i + 1), line] as const) }]);
  return store;
}

/** The samples of an instant query at second 100, as `labels value`. */
export function samples(source: LogStore | Engine, expression: string, seconds = 100): string[] {
  const result = engineOf(source).query(expression, { time: at(seconds) });
  if (result.resultType !== "vector") throw new Error(`expected a vector, got ${result.resultType}`);
  return result.result.map(({ metric, value }) => `${labelText(metric)} ${value[1]}`);
}

/** The lines of a log query over seconds 0 to 1000, oldest first, each as `labels line`. */
export function lines(source: LogStore | Engine, expression: string): string[] {
  const result = engineOf(source).queryRange(expression, {
    start: at(0),
    end: at(1000),
    direction: "forward",
  });
  if (result.resultType !== "streams") throw new Error(`expected streams, got ${result.resultType}`);
  const all = result.result.flatMap(({ stream, values }) =>
    values.map(([ns, line]) => ({ ns, text: `${labelText(stream)} ${line}` })),
  );
  return all.sort((a, b) => (BigInt(a.ns) < BigInt(b.ns) ? -1 : 1)).map(({ text }) => text);
}

/** The values of the only series of a range query. */
export function points(
  source: LogStore | Engine,
  expression: string,
  range: { start: number; end: number; step: number },
): string[] {
  const result: QueryResult = engineOf(source).queryRange(expression, {
    start: at(range.start),
    end: at(range.end),
    step: range.step,
  });
  if (result.resultType !== "matrix") throw new Error(`expected a matrix, got ${result.resultType}`);
  return result.result.flatMap(({ values }) => values.map(([, value]) => value));
}

function engineOf(source: LogStore | Engine): Engine {
  return source instanceof LogStore ? createEngine(source) : source;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(",")}}`;
}
