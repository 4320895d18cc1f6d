import { readFileSync } from "node:fs";
import { LabelSet } from "../../../src/logql/parts.ts";
import {
  createPromqlEngine,
  PromqlError,
  type PromqlResult,
  SeriesStore,
} from "../../../src/promql/index.ts";

export interface GoldenAnswer {
  readonly status: number;
  readonly errorType?: string;
  readonly error?: string;
  readonly resultType?: string;
  readonly result?: unknown;
}

interface GoldenRecord {
  readonly query: string;
  readonly instant: GoldenAnswer;
  readonly range: GoldenAnswer;
}

interface Corpus {
  readonly series: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly samples: readonly (readonly [seconds: number, value: number | string])[];
  }[];
}

interface Recorded {
  readonly prometheus: string;
  readonly base: number;
  readonly answers: Readonly<Record<string, readonly GoldenRecord[]>>;
}

// The files are our own: scripts/record-promql.mjs writes the answers.
const corpus = read("corpus.json") as Corpus;
export const queries = read("queries.json") as Readonly<Record<string, readonly string[]>>;
export const recorded = read("answers.json") as Recorded;

const engine = createPromqlEngine(goldenStore());
const baseMs = recorded.base * 1000;

/** The corpus, at the time the answers were recorded. */
export function goldenStore(): SeriesStore {
  const store = new SeriesStore();
  for (const { labels, samples } of corpus.series) {
    const set = LabelSet.from(Object.entries(labels));
    for (const [seconds, value] of samples) {
      const timeMs = Math.round((recorded.base + seconds) * 1000);
      if (value === "stale") store.appendStale(set, timeMs);
      else store.append(set, timeMs, Number(String(value).replace("Inf", "Infinity")));
    }
  }
  return store;
}

/** Ask the engine what Prometheus was asked, at one time. */
export function askInstant(query: string): GoldenAnswer {
  return ask(() => engine.query(query, baseMs + 600_000));
}

/** The same over a range. */
export function askRange(query: string): GoldenAnswer {
  return ask(() => engine.queryRange(query, { startMs: baseMs, endMs: baseMs + 900_000, stepMs: 60_000 }));
}

function ask(run: () => PromqlResult): GoldenAnswer {
  try {
    return { status: 200, ...run() };
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error;
    const execution = error.kind === "execution" || error.kind === "limit";
    return {
      status: execution ? 422 : 400,
      errorType: execution ? "execution" : "bad_data",
      error: error.message,
    };
  }
}

/** Bring an answer into a form in which what Prometheus leaves open (order, the last digits) does not differ. */
export function normalize({ status, errorType, resultType, result }: GoldenAnswer, query: string): unknown {
  if (status !== 200) return { status, errorType };
  if (resultType === "scalar" || resultType === "string") return { resultType, result: sample(result) };
  const rows = (result as Row[]).map(({ metric, value, values }) => ({
    labels: Object.entries(metric).sort(([a], [b]) => (a < b ? -1 : 1)),
    values: (values ?? [value]).map(sample),
  }));
  if (/^sort/.test(query) && resultType === "vector") return { resultType, result: rows };
  return {
    resultType,
    result: rows.sort((a, b) => (JSON.stringify(a.labels) < JSON.stringify(b.labels) ? -1 : 1)),
  };
}

interface Row {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: unknown;
  readonly values?: readonly unknown[];
}

// Twelve digits: libraries of mathematics differ in the last ones, and sums with the order of their terms.
function sample(pair: unknown): unknown {
  const [time, text] = pair as [number, string];
  const number = Number(text);
  return [time, Number.isFinite(number) && text !== "" ? Number(number.toPrecision(12)) : text];
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}
