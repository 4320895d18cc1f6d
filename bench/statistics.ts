/** An estimate with its 95 % confidence interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;

/** Estimate the median. @throws on an empty list: a median of nothing would be a figure made up. */
export function medianOf(values: readonly number[]): Estimate {
  return bootstrap(values.length, (rounds) => median(rounds.map((round) => at(values, round))));
}

/**
 * Estimate how the median of one series compares to that of another, taken round by round together.
 * It is a ratio of medians, since the median of ratios is biased when a denominator is small and noisy.
 * @throws on series of different length, which have no rounds in common.
 */
export function ratioOfMedians(above: readonly number[], below: readonly number[]): Estimate {
  if (above.length !== below.length)
    throw new Error(`${above.length} rounds can't pair with ${below.length}`);
  return bootstrap(
    above.length,
    (rounds) =>
      median(rounds.map((round) => at(above, round))) / median(rounds.map((round) => at(below, round))),
  );
}

/**
 * The estimate over all rounds, and the interval that estimates over rounds drawn with repetition fall into.
 * @see Efron, "Bootstrap Methods: Another Look at the Jackknife", 1979 (the percentile interval)
 */
function bootstrap(count: number, estimate: (rounds: readonly number[]) => number): Estimate {
  const random = createRandom();
  const draw = (): number[] => Array.from({ length: count }, () => Math.floor(random() * count));
  const resampled = Array.from({ length: RESAMPLES }, () => estimate(draw())).sort((a, b) => a - b);
  return {
    value: estimate(Array.from({ length: count }, (_, round) => round)),
    low: at(resampled, Math.floor(RESAMPLES * 0.025)),
    high: at(resampled, Math.floor(RESAMPLES * 0.975)),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (at(sorted, (sorted.length - 1) >> 1) + at(sorted, sorted.length >> 1)) / 2;
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no value at ${index} of ${values.length}`);
  return value;
}

/** Seeded, so that the same rounds give the same interval. @see Lehmer 1951; Park and Miller 1988 */
function createRandom(): () => number {
  let state = 20_261_122;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
