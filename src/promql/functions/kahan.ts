/**
 * A sum that keeps what rounding would lose, as Prometheus adds.
 * @see https://en.wikipedia.org/wiki/Kahan_summation_algorithm (Neumaier)
 */
export class KahanSum {
  #sum = 0;
  #lost = 0;

  add(value: number): void {
    const next = this.#sum + value;
    if (!Number.isFinite(next)) this.#lost = 0;
    else if (Math.abs(this.#sum) >= Math.abs(value)) this.#lost += this.#sum - next + value;
    else this.#lost += value - next + this.#sum;
    this.#sum = next;
  }

  get value(): number {
    return this.#sum + this.#lost;
  }

  /** The mean of so many values; not finite where their sum passes the largest number. */
  mean(count: number): number {
    return this.#sum / count + this.#lost / count;
  }
}

export function sumOf(values: Float64Array): number {
  const sum = new KahanSum();
  for (const value of values) sum.add(value);
  return sum.value;
}

/** The mean; by steps where the sum of finite values would pass the largest number. */
export function meanOf(values: Float64Array): number {
  const sum = new KahanSum();
  for (const value of values) sum.add(value);
  if (Number.isFinite(sum.value) || !values.every(Number.isFinite)) return sum.mean(values.length);
  return values.reduce((mean, value, i) => mean * (i / (i + 1)) + value / (i + 1), 0);
}

export function varianceOf(values: Float64Array): number {
  const mean = new KahanSum();
  const squares = new KahanSum();
  values.forEach((value, i) => {
    const delta = value - mean.value;
    mean.add(delta / (i + 1));
    squares.add(delta * (value - mean.value));
  });
  return squares.value / values.length;
}
