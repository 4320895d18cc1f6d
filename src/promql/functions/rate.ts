import type { Window } from "./window.ts";

interface Extrapolation {
  readonly counter: boolean;
  readonly perSecond: boolean;
}

/**
 * rate, increase and delta: the difference over the samples of the window, extended to its ends. An end that lies further
 * than 1.1 times the usual distance between samples is taken for the start or the end of the series, and only half that
 * distance is added; and a counter is not extended below zero.
 */
export function extrapolated({ counter, perSecond }: Extrapolation): (window: Window) => number | undefined {
  return (window) => {
    const { times, values, rangeMs } = window;
    if (values.length < 2) return undefined;
    const change = (values.at(-1) ?? 0) - (values[0] ?? 0) + (counter ? lostInResets(values) : 0);
    const sampledMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
    const reached = reachMs(window, { change, sampledMs, counter });
    const factor = sampledMs === 0 ? 1 : (sampledMs + reached) / sampledMs;
    return change * (perSecond ? factor / (rangeMs / 1000) : factor);
  };
}

/** irate and idelta: the difference of the last two samples. */
export function lastDifference({
  counter,
  perSecond,
}: Extrapolation): (window: Window) => number | undefined {
  return ({ times, values }) => {
    if (values.length < 2) return undefined;
    const [before, last] = [values.at(-2) ?? 0, values.at(-1) ?? 0];
    const elapsedMs = (times.at(-1) ?? 0) - (times.at(-2) ?? 0);
    if (elapsedMs === 0) return undefined;
    const change = counter && last < before ? last : last - before;
    return perSecond ? change / (elapsedMs / 1000) : change;
  };
}

function lostInResets(values: Float64Array): number {
  let lost = 0;
  for (let i = 1; i < values.length; i++) {
    const before = values[i - 1] ?? 0;
    if ((values[i] ?? 0) < before) lost += before;
  }
  return lost;
}

interface Measured {
  readonly change: number;
  readonly sampledMs: number;
  readonly counter: boolean;
}

// Milliseconds added on both sides of the samples.
function reachMs(
  { times, values, startMs, endMs }: Window,
  { change, sampledMs, counter }: Measured,
): number {
  const apart = sampledMs / (times.length - 1);
  const reach = (ms: number): number => (ms >= apart * 1.1 ? apart / 2 : ms);
  const first = values[0] ?? 0;
  const before = reach((times[0] ?? 0) - startMs);
  const toZero = counter && change > 0 && first >= 0 ? sampledMs * (first / change) : Infinity;
  return Math.min(before, toZero) + reach(endMs - (times.at(-1) ?? 0));
}
