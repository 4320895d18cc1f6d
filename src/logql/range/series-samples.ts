import type { LabelSet } from "../labels/label-set.ts";

/** The samples of one series, in time order once `sort` has run. */
export class SeriesSamples {
  readonly labels: LabelSet;
  #times: Float64Array = new Float64Array(16);
  #values: Float64Array = new Float64Array(16);
  #count = 0;
  #sorted = true;

  constructor(labels: LabelSet) {
    this.labels = labels;
  }

  get count(): number {
    return this.#count;
  }

  get times(): Float64Array {
    return this.#times;
  }

  get values(): Float64Array {
    return this.#values;
  }

  add(time: number, value: number): void {
    const i = this.#count++;
    if (i === this.#times.length) {
      this.#times = doubled(this.#times);
      this.#values = doubled(this.#values);
    }
    if (i > 0 && time < (this.#times[i - 1] ?? 0)) this.#sorted = false;
    this.#times[i] = time;
    this.#values[i] = value;
  }

  /** Move every sample in time. */
  shift(byNs: number): void {
    for (let i = 0; i < this.#count; i++) this.#times[i] = (this.#times[i] ?? 0) + byNs;
  }

  /** Put the samples in time order; those of one time stay in the order they came. */
  sort(): void {
    while (!this.#sorted) this.#sorted = this.#mergeRuns() <= 1;
  }

  // Each stream brings its samples in order, as a rule: a few runs, of which two become one, and again.
  #mergeRuns(): number {
    const from = { times: this.#times, values: this.#values };
    const to = { times: new Float64Array(this.#count), values: new Float64Array(this.#count) };
    let runs = 0;
    for (let start = 0; start < this.#count; runs++) {
      const middle = runEnd(from.times, start, this.#count);
      const end = middle < this.#count ? runEnd(from.times, middle, this.#count) : middle;
      merge(from, to, { start, middle, end });
      start = end;
    }
    this.#times = to.times;
    this.#values = to.values;
    return runs;
  }
}

interface Samples {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

function runEnd(times: Float64Array, start: number, count: number): number {
  let end = start + 1;
  while (end < count && (times[end] ?? 0) >= (times[end - 1] ?? 0)) end++;
  return end;
}

interface Runs {
  readonly start: number;
  readonly middle: number;
  readonly end: number;
}

function merge(from: Samples, to: Samples, { start, middle, end }: Runs): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const isLeft = right === end || (left < middle && (from.times[left] ?? 0) <= (from.times[right] ?? 0));
    const next = isLeft ? left++ : right++;
    to.times[at] = from.times[next] ?? 0;
    to.values[at] = from.values[next] ?? 0;
  }
}

function doubled(from: Float64Array): Float64Array {
  const to = new Float64Array(from.length * 2);
  to.set(from);
  return to;
}
