import type { MatrixSeries, QueryResult, VectorSample } from "../../logql/index.ts";
import { formatDurationMs } from "../../rules/index.ts";
import { sparkline, squeeze } from "./sparkline.ts";
import { table } from "./table.ts";

export interface MetricTextOptions {
  readonly stepMs: number | undefined;
  /** Columns of the terminal. */
  readonly width: number;
}

/** The answer to a metric query, for people: a table, and over a range a sparkline for each series. */
export function metricText(answer: QueryResult, options: MetricTextOptions): string {
  switch (answer.resultType) {
    case "scalar":
      return `${answer.result[1]}\n`;
    case "vector":
      return answer.result.length === 0 ? "no samples\n" : vectorText(answer.result);
    case "matrix":
      return answer.result.length === 0 ? "no samples\n" : matrixText(answer.result, options);
    case "streams":
      throw new TypeError("a log query has no table");
  }
}

function vectorText(samples: readonly VectorSample[]): string {
  const names = labelNames(samples);
  const rows = [...samples]
    .map(({ metric, value }) => [...names.map((name) => metric[name] ?? ""), value[1]])
    .sort((a, b) => number(b.at(-1) ?? "") - number(a.at(-1) ?? "") || (a.join() < b.join() ? -1 : 1));
  return table([...names, "value"], rows);
}

function matrixText(series: readonly MatrixSeries[], { stepMs = 0, width }: MetricTextOptions): string {
  const times = series.flatMap(({ values }) => [values[0]?.[0] ?? 0, values.at(-1)?.[0] ?? 0]);
  const [start, end] = [Math.min(...times), Math.max(...times)];
  const count = Math.round(((end - start) * 1000) / stepMs) + 1;
  const names = labelNames(series);
  const rows = series
    .map((one) => ({ one, peak: Math.max(...one.values.map(([, text]) => number(text))) }))
    .sort((a, b) => b.peak - a.peak)
    .map(({ one }) => matrixRow(one, { names, start, stepMs, count, width }));
  const head = `${iso(start)} to ${iso(end)}, every ${formatDurationMs(stepMs)}`;
  return `${head}\n${table([...names, "", "min", "max", "last"], rows, { left: names.length + 1 })}`;
}

interface RowOptions {
  readonly names: readonly string[];
  readonly start: number;
  readonly stepMs: number;
  readonly count: number;
  readonly width: number;
}

function matrixRow(
  { metric, values }: MatrixSeries,
  { names, start, stepMs, count, width }: RowOptions,
): string[] {
  const slots = new Array<number | undefined>(count).fill(undefined);
  for (const [seconds, text] of values) slots[Math.round(((seconds - start) * 1000) / stepMs)] = number(text);
  const known = values.map(([, text]) => number(text));
  const bars = sparkline(squeeze(slots, Math.max(10, Math.min(60, width - 60))));
  const figures = [Math.min(...known), Math.max(...known), known.at(-1) ?? Number.NaN].map(short);
  return [...names.map((name) => metric[name] ?? ""), bars, ...figures];
}

function labelNames(series: readonly { readonly metric: Readonly<Record<string, string>> }[]): string[] {
  return [...new Set(series.flatMap(({ metric }) => Object.keys(metric)))].sort();
}

function number(text: string): number {
  if (text === "+Inf") return Infinity;
  return text === "-Inf" ? -Infinity : Number(text);
}

function short(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
