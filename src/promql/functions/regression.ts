import { KahanSum } from "./kahan.ts";
import type { Window } from "./window.ts";

/** deriv: the slope of the straight line nearest to the samples, per second. */
export function derivative({ times, values }: Window): number | undefined {
  return values.length < 2 ? undefined : regression(times, values, times[0] ?? 0).slope;
}

/** predict_linear: where that line will be so many seconds from now. */
export function predictLinear({ times, values, nowMs, parameter }: Window): number | undefined {
  if (values.length < 2) return undefined;
  const { slope, intercept } = regression(times, values, nowMs);
  return slope * parameter + intercept;
}

interface Line {
  readonly slope: number;
  /** The value at the time that counts as zero. */
  readonly intercept: number;
}

function regression(times: Float64Array, values: Float64Array, zeroMs: number): Line {
  const first = values[0] ?? 0;
  if (values.every((value) => value === first)) {
    return Number.isFinite(first)
      ? { slope: 0, intercept: first }
      : { slope: Number.NaN, intercept: Number.NaN };
  }
  const [x, y, xy, xx] = [new KahanSum(), new KahanSum(), new KahanSum(), new KahanSum()];
  times.forEach((time, i) => {
    const seconds = (time - zeroMs) / 1000;
    const value = values[i] ?? 0;
    x.add(seconds);
    y.add(value);
    xy.add(seconds * value);
    xx.add(seconds * seconds);
  });
  const count = values.length;
  const slope = (xy.value - (x.value * y.value) / count) / (xx.value - (x.value * x.value) / count);
  return { slope, intercept: y.value / count - (slope * x.value) / count };
}
