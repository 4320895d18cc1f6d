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
    if (this.#sorted) return;
    const order = Array.from({ length: this.#count }, (_, i) => i);
    const times = this.#times.slice(0, this.#count);
    const values = this.#values.slice(0, this.#count);
    order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
    order.forEach((from, to) => {
      this.#times[to] = times[from] ?? 0;
      this.#values[to] = values[from] ?? 0;
    });
    this.#sorted = true;
  }
}

function doubled(from: Float64Array): Float64Array {
  const to = new Float64Array(from.length * 2);
  to.set(from);
  return to;
}
