const reducers: Readonly<
  Record<string, { readonly text: string; readonly of: (values: readonly number[]) => number }>
> = {
  lastNotNull: { text: "Last *", of: (values) => values.findLast((value) => !Number.isNaN(value)) ?? NaN },
  last: { text: "Last", of: (values) => values.at(-1) ?? NaN },
  firstNotNull: { text: "First *", of: (values) => values.find((value) => !Number.isNaN(value)) ?? NaN },
  first: { text: "First", of: (values) => values[0] ?? NaN },
  min: { text: "Min", of: (values) => known(values).reduce((a, b) => Math.min(a, b), Infinity) },
  max: { text: "Max", of: (values) => known(values).reduce((a, b) => Math.max(a, b), -Infinity) },
  mean: { text: "Mean", of: (values) => sum(values) / known(values).length },
  sum: { text: "Total", of: (values) => (known(values).length === 0 ? NaN : sum(values)) },
  count: { text: "Count", of: (values) => values.length },
  range: { text: "Range", of: (values) => calculate("max", values) - calculate("min", values) },
  diff: {
    text: "Difference",
    of: (values) => calculate("lastNotNull", values) - calculate("firstNotNull", values),
  },
  diffperc: {
    text: "Difference percent",
    of: (values) => calculate("diff", values) / calculate("firstNotNull", values),
  },
  delta: {
    text: "Delta",
    of: (values) =>
      known(values).reduce((total, value, i, all) => total + Math.max(0, value - (all[i - 1] ?? value)), 0),
  },
  logmin: {
    text: "Min (above zero)",
    of: (values) =>
      calculate(
        "min",
        known(values).filter((value) => value > 0),
      ),
  },
  variance: { text: "Variance", of: (values) => variance(known(values)) },
  stdDev: { text: "StdDev", of: (values) => Math.sqrt(variance(known(values))) },
  median: { text: "Median", of: (values) => percentile(values, 50) },
  distinctCount: { text: "Distinct Count", of: (values) => new Set(values).size },
  changeCount: {
    text: "Change Count",
    of: (values) => values.filter((value, i) => i > 0 && value !== values[i - 1]).length,
  },
};

/** Reduce values to one, as Grafana's calculation of that name does; NaN when there are none. */
export function calculate(name: string, values: readonly number[]): number {
  const quantile = /^p(\d+)$/.exec(name);
  if (quantile) return percentile(values, Number(quantile[1]));
  const result = reducers[name]?.of(values) ?? NaN;
  return Number.isFinite(result) ? result : NaN;
}

export function calculationText(name: string): string {
  return reducers[name]?.text ?? name;
}

function known(values: readonly number[]): readonly number[] {
  return values.filter((value) => !Number.isNaN(value));
}

function variance(values: readonly number[]): number {
  const mean = sum(values) / values.length;
  return sum(values.map((value) => (value - mean) ** 2)) / values.length;
}

function sum(values: readonly number[]): number {
  return known(values).reduce((a, b) => a + b, 0);
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = known(values).toSorted((a, b) => a - b);
  const at = ((sorted.length - 1) * percent) / 100;
  const low = sorted[Math.floor(at)] ?? NaN;
  return low + ((sorted[Math.ceil(at)] ?? NaN) - low) * (at - Math.floor(at));
}
