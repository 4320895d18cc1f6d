import { emptyRow, type LabelSet, type Matrix, type SeriesRow } from "../../logql/parts.ts";
import { withoutName } from "../vector/names.ts";

interface Bucket {
  readonly upper: number;
  count: number;
}

/** histogram_quantile over the buckets of classic histograms, those of one group told apart by `le` alone. */
export function histogramQuantile(quantiles: Float64Array, input: Matrix): Matrix {
  const rows = groupByHistogram(input.rows).map(({ labels, members }): SeriesRow => {
    const row = emptyRow(labels, quantiles.length);
    quantiles.forEach((quantile, step) => {
      const buckets = members
        .filter((member) => member.row.present[step])
        .map((member): Bucket => ({ upper: member.upper, count: member.row.values[step] ?? 0 }));
      if (buckets.length === 0) return;
      row.values[step] = quantileOfBuckets(quantile, buckets);
      row.present[step] = 1;
    });
    return row;
  });
  return { kind: "matrix", rows: rows.filter((row) => row.present.includes(1)) };
}

interface Histogram {
  readonly labels: LabelSet;
  readonly members: { readonly upper: number; readonly row: SeriesRow }[];
}

// A series without a number in `le` is no bucket.
function groupByHistogram(rows: readonly SeriesRow[]): Histogram[] {
  const groups = new Map<string, Histogram>();
  for (const row of rows) {
    const upper = bound(row.labels.get("le") ?? "");
    if (upper === undefined) continue;
    const labels = withoutName(row.labels).with("le", "");
    const group = groups.get(labels.key) ?? { labels, members: [] };
    group.members.push({ upper, row });
    groups.set(labels.key, group);
  }
  return [...groups.values()];
}

function bound(text: string): number | undefined {
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  return /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/i.test(text) ? Number(text) : undefined;
}

function quantileOfBuckets(quantile: number, found: readonly Bucket[]): number {
  if (Number.isNaN(quantile)) return Number.NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  const sorted = [...found].sort((a, b) => (a.upper === b.upper ? 0 : a.upper - b.upper));
  if (sorted.at(-1)?.upper !== Infinity) return Number.NaN;
  const buckets = monotonic(joined(sorted));
  const observations = buckets.at(-1)?.count ?? 0;
  if (buckets.length < 2 || observations === 0) return Number.NaN;
  return interpolate(buckets, quantile * observations);
}

function interpolate(buckets: readonly Bucket[], rank: number): number {
  const last = buckets.length - 1;
  const at = buckets.findIndex(({ count }, i) => i === last || count >= rank);
  const { upper, count } = buckets[at] ?? { upper: Number.NaN, count: 0 };
  if (at === last) return buckets[last - 1]?.upper ?? Number.NaN;
  if (at === 0 && upper <= 0) return upper;
  const below = buckets[at - 1] ?? { upper: 0, count: 0 };
  return below.upper + (upper - below.upper) * ((rank - below.count) / (count - below.count));
}

// le="1" and le="1.0" are one bucket.
function joined(sorted: readonly Bucket[]): Bucket[] {
  const buckets: Bucket[] = [];
  for (const { upper, count } of sorted) {
    const last = buckets.at(-1);
    if (last?.upper === upper) last.count += count;
    else buckets.push({ upper, count });
  }
  return buckets;
}

// Buckets scraped at different moments may fall where they can't; and a rounding error is no fall.
function monotonic(buckets: Bucket[]): Bucket[] {
  let before = buckets[0]?.count ?? 0;
  for (const bucket of buckets.slice(1)) {
    if (bucket.count < before || nearlyEqual(before, bucket.count)) bucket.count = before;
    else before = bucket.count;
  }
  return buckets;
}

function nearlyEqual(a: number, b: number): boolean {
  if (a === b) return true;
  const sum = Math.abs(a) + Math.abs(b);
  if (a === 0 || b === 0 || sum < smallest) return Math.abs(a - b) < tolerance * smallest;
  return Math.abs(a - b) / Math.min(sum, Number.MAX_VALUE) < tolerance;
}

const tolerance = 1e-12;
const smallest = 2 ** -1022;
