/** A source of chance that can be repeated from its seed. */
export interface Random {
  /** From 0 up to but not including 1. */
  next(): number;
  chance(share: number): boolean;
  /** @throws RangeError for an empty list */
  pick<T>(items: readonly T[]): T;
  /** A duration as real ones are spread: half of them below the median, with a long tail above it. */
  logNormal(median: number, sigma: number): number;
  /** Time to the next of events that come independently of each other. */
  exponential(mean: number): number;
  hex(digits: number): string;
}

/** Create a source of chance (mulberry32: small, fast, good enough for traffic). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    next,
    chance: (share) => next() < share,
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
    logNormal: (median, sigma) => median * Math.exp(sigma * gaussian(next)),
    exponential: (mean) => -mean * Math.log(1 - next()),
    hex: (digits) => Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join(""),
  };
}

// Box and Muller's transform.
function gaussian(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
