import { meanOf, sumOf, varianceOf } from "./kahan.ts";
import { quantileOf } from "./quantile.ts";
import { extrapolated, lastDifference } from "./rate.ts";
import { derivative, predictLinear } from "./regression.ts";
import type { WindowFunction } from "./window.ts";

/** Every function over a range, but for absent_over_time, which looks at all series together. */
export const windowFunctions: Readonly<Record<string, WindowFunction>> = {
  rate: extrapolated({ counter: true, perSecond: true }),
  increase: extrapolated({ counter: true, perSecond: false }),
  delta: extrapolated({ counter: false, perSecond: false }),
  irate: lastDifference({ counter: true, perSecond: true }),
  idelta: lastDifference({ counter: false, perSecond: false }),
  deriv: derivative,
  predict_linear: predictLinear,
  sum_over_time: ({ values }) => sumOf(values),
  avg_over_time: ({ values }) => meanOf(values),
  min_over_time: ({ values }) =>
    values.reduce((best, value) => (value < best || Number.isNaN(best) ? value : best)),
  max_over_time: ({ values }) =>
    values.reduce((best, value) => (value > best || Number.isNaN(best) ? value : best)),
  count_over_time: ({ values }) => values.length,
  present_over_time: () => 1,
  first_over_time: ({ values }) => values[0],
  last_over_time: ({ values }) => values.at(-1),
  stdvar_over_time: ({ values }) => varianceOf(values),
  stddev_over_time: ({ values }) => Math.sqrt(varianceOf(values)),
  quantile_over_time: ({ values, parameter }) => quantileOf(parameter, values),
  changes: ({ values }) =>
    countPairs(values, (before, value) => value !== before && !(Number.isNaN(value) && Number.isNaN(before))),
  resets: ({ values }) => countPairs(values, (before, value) => value < before),
};

function countPairs(values: Float64Array, counts: (before: number, value: number) => boolean): number {
  let found = 0;
  for (let i = 1; i < values.length; i++) if (counts(values[i - 1] ?? 0, values[i] ?? 0)) found++;
  return found;
}
