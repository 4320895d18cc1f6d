import { readFileSync } from "node:fs";
import { createEngine, type Engine, LogqlError, LogStore } from "../../../src/logql/index.ts";

export interface GoldenQuery {
  readonly query: string;
  readonly type: "log" | "instant" | "range";
  readonly at?: number;
  readonly start?: number;
  readonly end?: number;
  readonly step?: number;
  readonly limit?: number;
  readonly direction?: "forward" | "backward";
}

export interface GoldenAnswer {
  readonly status: number;
  readonly error?: string;
  readonly resultType?: string;
  readonly result?: unknown;
}

interface Corpus {
  readonly streams: readonly {
    readonly labels: Record<string, string>;
    readonly entries: readonly (readonly [number, string, Record<string, string>?])[];
  }[];
}

interface Answers {
  readonly loki: string;
  readonly base: number;
  readonly answers: Readonly<Record<string, readonly GoldenAnswer[]>>;
}

/** A corpus, queries over it, and what a running Loki answered to them. */
export interface GoldenSet {
  readonly queries: Readonly<Record<string, readonly GoldenQuery[]>>;
  readonly recorded: Answers;
  /** An engine over the corpus, at the time the answers were recorded. */
  readonly engine: () => Engine;
  /** Ask an engine what Loki was asked. */
  readonly ask: (engine: Engine, query: GoldenQuery) => GoldenAnswer;
}

/** The set in a folder below this one. Its files are our own: scripts/record-golden.mjs writes the answers. */
export function goldenSet(folder: string): GoldenSet {
  const recorded = read(`${folder}/answers.json`) as Answers;
  const nanoseconds = nanosecondsAfter(recorded.base);
  return {
    queries: read(`${folder}/queries.json`) as GoldenSet["queries"],
    recorded,
    engine: () => engineOver(read(`${folder}/corpus.json`) as Corpus, nanoseconds),
    ask: (engine, query) => answerOf(() => run(engine, query, nanoseconds)),
  };
}

/** The queries of the first set. */
export const { queries } = goldenSet(".");

type ToNanoseconds = (seconds: number) => string;

function engineOver(corpus: Corpus, nanoseconds: ToNanoseconds): Engine {
  const store = new LogStore();
  store.push(
    corpus.streams.map(({ labels, entries }) => ({
      stream: labels,
      values: entries.map(([at, line, metadata]) => [nanoseconds(at), line, metadata ?? {}] as const),
    })),
  );
  return createEngine(store);
}

function answerOf(run: () => ReturnType<Engine["query"]>): GoldenAnswer {
  try {
    const { resultType, result } = run();
    return { status: 200, resultType, result };
  } catch (error) {
    if (error instanceof LogqlError) return { status: 400, error: error.message };
    throw error;
  }
}

/** Bring an answer into a form in which what Loki leaves open (order, the last digits) does not differ. */
export function normalize(answer: GoldenAnswer, query: GoldenQuery): unknown {
  if (answer.status !== 200)
    return { refused: answer.error?.startsWith("pipeline error") ? "pipeline" : "query" };
  const rows =
    Array.isArray(answer.result) && answer.resultType !== "scalar" ? answer.result.map(row) : answer.result;
  const ordered = /^sort/.test(query.query) && query.type === "instant";
  if (Array.isArray(rows) && answer.resultType !== "scalar" && !ordered) {
    rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (Array.isArray(rows) && ordered) settleTies(rows);
  return {
    resultType: answer.resultType,
    result: answer.resultType === "scalar" ? scalar(answer.result) : rows,
  };
}

function run(engine: Engine, query: GoldenQuery, nanoseconds: ToNanoseconds): ReturnType<Engine["query"]> {
  if (query.type === "instant") return engine.query(query.query, { time: nanoseconds(query.at ?? 300) });
  const {
    start = 0,
    end = query.type === "log" ? 600 : 300,
    step = 30,
    limit = 1000,
    direction = "forward",
  } = query;
  return engine.queryRange(query.query, {
    start: nanoseconds(start),
    end: nanoseconds(end),
    step,
    limit,
    direction,
  });
}

function nanosecondsAfter(base: number): ToNanoseconds {
  return (seconds) => (BigInt(base) * 1_000_000_000n + BigInt(Math.round(seconds * 1e9))).toString();
}

interface Row {
  readonly stream?: Record<string, string>;
  readonly metric?: Record<string, string>;
  readonly value?: unknown;
  readonly values?: unknown[];
}

function row(value: Row): unknown {
  if (value.stream) return { labels: labels(value.stream), values: (value.values ?? []).map(String).sort() };
  return { labels: labels(value.metric ?? {}), values: (value.values ?? [value.value]).map(pair) };
}

// What a failed template says names places inside Go's parser; that it failed is what counts.
function labels(set: Record<string, string>): [string, string][] {
  const templated = set["__error__"] === "TemplateFormatErr";
  return Object.entries(set)
    .map(([name, value]): [string, string] => [name, templated && name === "__error_details__" ? "…" : value])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

// Equal values may come in either order.
function settleTies(rows: unknown[]): void {
  const value = (row: unknown): number =>
    Number(((row as { values: [number, string][] }).values[0] ?? [0, ""])[1]);
  rows.forEach((_, start) => {
    const run = rows.slice(start).findIndex((row) => value(row) !== value(rows[start]));
    const end = run < 0 ? rows.length : start + run;
    if (start > 0 && value(rows[start - 1]) === value(rows[start])) return;
    rows.splice(
      start,
      end - start,
      ...rows.slice(start, end).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    );
  });
}

// Loki 3.7 prints an overflown time beside a scalar.
function scalar(value: unknown): unknown {
  return (pair(value) as unknown[])[1];
}

// Twelve digits: sums of floating-point numbers differ in the last ones with the order of the terms.
function pair(value: unknown): unknown {
  const [time, text] = value as [number, string];
  const number = Number(text);
  return [
    time,
    Number.isFinite(number) && !Number.isInteger(number)
      ? Number(number.toPrecision(12))
      : Number.isFinite(number)
        ? number
        : text,
  ];
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}
