import type { MatrixSeries, SamplePair, SeriesRow, VectorSample } from "../logql/parts.ts";
import { type Grid, timeAt, type Value } from "./evaluate/context.ts";
import type { RangeVector } from "./evaluate/range-series.ts";

/** The `data` member of Prometheus' answer to a query. */
export type PromqlResult =
  | { readonly resultType: "vector"; readonly result: readonly VectorSample[] }
  | { readonly resultType: "matrix"; readonly result: readonly MatrixSeries[] }
  | { readonly resultType: "scalar" | "string"; readonly result: SamplePair };

/** The answer to an instant query. */
export function instantResult(value: Value, timeMs: number): PromqlResult {
  const seconds = timeMs / 1000;
  if (value.kind === "string") return { resultType: "string", result: [seconds, value.text] };
  if (value.kind === "scalar")
    return { resultType: "scalar", result: [seconds, formatValue(value.values[0] ?? 0)] };
  const rows = value.rows.filter((row) => row.present[0]);
  const result = rows.map(
    (row): VectorSample => ({
      metric: row.labels.toObject(),
      value: [seconds, formatValue(row.values[0] ?? 0)],
    }),
  );
  return { resultType: "vector", result };
}

/** The answer to a query over a range, its series in the order of their labels. */
export function rangeResult(value: Value, grid: Grid): PromqlResult {
  if (value.kind === "string") throw new Error("a string has no range");
  if (value.kind === "scalar") {
    const values = Array.from(value.values, (number, step) => pair(timeAt(grid, step), number));
    return { resultType: "matrix", result: [{ metric: {}, values }] };
  }
  const rows = [...value.rows].sort(byLabels).map(
    (row): MatrixSeries => ({
      metric: row.labels.toObject(),
      values: Array.from(row.values, (number, step) => pair(timeAt(grid, step), number)).filter(
        (_, step) => row.present[step],
      ),
    }),
  );
  return { resultType: "matrix", result: rows.filter(({ values }) => values.length > 0) };
}

/** The answer to an instant query for a range vector: its samples as they are. */
export function samplesResult({ series, ends, rangeMs }: RangeVector): PromqlResult {
  const end = ends[0] ?? 0;
  const result = series.map(({ labels, times, values }): MatrixSeries => {
    const pairs = Array.from(times, (time, i) => pair(time, values[i] ?? 0));
    return {
      metric: labels.toObject(),
      values: pairs.filter((_, i) => (times[i] ?? 0) > end - rangeMs && (times[i] ?? 0) <= end),
    };
  });
  return { resultType: "matrix", result: result.filter(({ values }) => values.length > 0) };
}

function pair(timeMs: number, value: number): SamplePair {
  return [timeMs / 1000, formatValue(value)];
}

/** Print a value as Prometheus' API does: with an exponent below 1e-6 and from 1e21 on. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (Object.is(value, -0)) return "-0";
  const text = Math.abs(value) < 1e-6 && value !== 0 ? value.toExponential() : String(value);
  // Go writes two digits at the least.
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

function byLabels(a: SeriesRow, b: SeriesRow): number {
  const length = Math.min(a.labels.names.length, b.labels.names.length);
  for (let i = 0; i < length; i++) {
    const order =
      compareText(a.labels.names[i] ?? "", b.labels.names[i] ?? "") ||
      compareText(a.labels.values[i] ?? "", b.labels.values[i] ?? "");
    if (order !== 0) return order;
  }
  return a.labels.names.length - b.labels.names.length;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
