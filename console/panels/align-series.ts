import type { Series } from "./series.ts";

export interface AlignedSeries {
  /** Seconds since 1970, ascending. */
  readonly times: readonly number[];
  /** One list a series, a value a time; null where the series has none. */
  readonly values: readonly (readonly (number | null)[])[];
}

/** Put series on one axis of time. Loki leaves out steps without samples; a step that all lack becomes a gap, too. */
export function alignSeries(series: readonly Series[]): AlignedSeries {
  const timesOf = series.map(
    ({ frame }) => (frame.fields.find(({ type }) => type === "time")?.values ?? []) as readonly number[],
  );
  const all = [...new Set(timesOf.flat())].sort((a, b) => a - b);
  const gap = smallestGap(all);
  const times = all.flatMap((time, index) =>
    index > 0 && time - (all[index - 1] ?? 0) > gap * 1.5 ? [(all[index - 1] ?? 0) + gap, time] : [time],
  );
  const values = series.map(({ values: own }, index) => {
    const at = new Map((timesOf[index] ?? []).map((time, row) => [time, own[row]]));
    return times.map((time) => {
      const value = at.get(time);
      return value === undefined || !Number.isFinite(value) ? null : value;
    });
  });
  return { times: times.map((time) => time / 1000), values };
}

/** Add up series from the first to the last; the result is drawn from the last, so that each shows its own part. */
export function stackValues(values: AlignedSeries["values"]): AlignedSeries["values"] {
  const sums: number[] = [];
  return values.map((series) =>
    series.map((value, index) => {
      sums[index] = (sums[index] ?? 0) + (value ?? 0);
      return sums[index] ?? 0;
    }),
  );
}

function smallestGap(times: readonly number[]): number {
  let gap = Infinity;
  for (let index = 1; index < times.length; index++)
    gap = Math.min(gap, (times[index] ?? 0) - (times[index - 1] ?? 0));
  return gap;
}
