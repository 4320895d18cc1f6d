/** The samples of a window: `values[from, to)` of a series, with their times in nanoseconds. */
interface Window {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly from: number;
  readonly to: number;
  readonly rangeSeconds: number;
  readonly parameter: number;
}

export type WindowFunction = (window: Window) => number;

/** Every range aggregation as a function of one window that holds at least one sample. */
export const windowFunctions: Readonly<Record<string, WindowFunction>> = {
  count_over_time: ({ from, to }) => to - from,
  bytes_over_time: sum,
  bytes_rate: (window) => sum(window) / window.rangeSeconds,
  rate: (window) => sum(window) / window.rangeSeconds,
  rate_counter: counterRate,
  sum_over_time: sum,
  avg_over_time: mean,
  max_over_time: (window) => extreme(window, (value, best) => value > best),
  min_over_time: (window) => extreme(window, (value, best) => value < best),
  first_over_time: ({ values, from }) => values[from] ?? Number.NaN,
  last_over_time: ({ values, to }) => values[to - 1] ?? Number.NaN,
  stdvar_over_time: variance,
  stddev_over_time: (window) => Math.sqrt(variance(window)),
  quantile_over_time: (window) => quantile(window.parameter, window.values.slice(window.from, window.to)),
  absent_over_time: () => 1,
};

/** The φ-quantile of some values, interpolated linearly on n − 1. The values are sorted in place. */
function quantile(phi: number, values: Float64Array): number {
  if (values.length === 0 || Number.isNaN(phi)) return Number.NaN;
  if (phi < 0) return -Infinity;
  if (phi > 1) return Infinity;
  values.sort();
  // NaN comes last here, and first in Go.
  const missing = values.length - (values.findLastIndex((value) => !Number.isNaN(value)) + 1);
  const at = (i: number): number => (i < missing ? Number.NaN : (values[i - missing] ?? 0));
  const rank = phi * (values.length - 1);
  const lower = Math.floor(rank);
  const upper = Math.min(values.length - 1, lower + 1);
  const weight = rank - lower;
  return at(lower) * (1 - weight) + at(upper) * weight;
}

function sum({ values, from, to }: Window): number {
  let total = 0;
  for (let i = from; i < to; i++) total += values[i] ?? 0;
  return total;
}

function mean({ values, from, to }: Window): number {
  let average = 0;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? 0;
    // What is infinite stays so, unless infinity of the other sign or NaN is added.
    const settled = Math.abs(average) === Infinity && (value === average || Number.isFinite(value));
    if (!settled) average += (value - average) / (i - from + 1);
  }
  return average;
}

function extreme({ values, from, to }: Window, better: (value: number, best: number) => boolean): number {
  let best = values[from] ?? Number.NaN;
  for (let i = from + 1; i < to; i++) {
    const value = values[i] ?? 0;
    if (better(value, best) || Number.isNaN(best)) best = value;
  }
  return best;
}

// Welford's method: the population variance without the cancellation of a sum of squares.
function variance({ values, from, to }: Window): number {
  let average = 0;
  let squares = 0;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? 0;
    const delta = value - average;
    average += delta / (i - from + 1);
    squares += delta * (value - average);
  }
  return squares / (to - from);
}

// Loki extrapolates back to the start of the range as Prometheus does, and not before a counter's zero; but the way to
// that start comes out as a millionth of the range, so next to nothing is added.
function counterRate({ times, values, from, to, rangeSeconds }: Window): number {
  let increase = 0;
  for (let i = from + 1; i < to; i++) {
    const [before, after] = [values[i - 1] ?? 0, values[i] ?? 0];
    increase += after < before ? after : after - before;
  }
  const sampledSeconds = ((times[to - 1] ?? 0) - (times[from] ?? 0)) / 1e9;
  if (sampledSeconds <= 0 || increase <= 0) return increase / rangeSeconds;
  const first = values[from] ?? 0;
  const toZero = first >= 0 ? sampledSeconds * (first / increase) : Infinity;
  const toStart = Math.min(rangeSeconds * 1e-6, toZero);
  return (increase * (1 + toStart / sampledSeconds)) / rangeSeconds;
}
