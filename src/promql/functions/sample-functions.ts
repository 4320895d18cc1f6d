/** A function of the value of a sample and the scalar arguments at its step; undefined drops the sample. */
export type SampleFunction = (value: number, args: readonly number[]) => number | undefined;

/** Functions that look at one sample at a time. */
export const sampleFunctions: Readonly<Record<string, SampleFunction>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  exp: Math.exp,
  sqrt: Math.sqrt,
  ln: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  sgn: Math.sign,
  rad: (value) => (value * Math.PI) / 180,
  deg: (value) => (value * 180) / Math.PI,
  // By the inverse, which loses fewer digits.
  round: (value, [nearest = 1]) => Math.floor(value * (1 / nearest) + 0.5) / (1 / nearest),
  clamp: (value, [least = -Infinity, most = Infinity]) => clamp(value, least, most),
  clamp_min: (value, [least = -Infinity]) => clamp(value, least, Infinity),
  clamp_max: (value, [most = Infinity]) => clamp(value, -Infinity, most),
  year: ofDate((date) => date.getUTCFullYear()),
  month: ofDate((date) => date.getUTCMonth() + 1),
  day_of_month: ofDate((date) => date.getUTCDate()),
  day_of_week: ofDate((date) => date.getUTCDay()),
  day_of_year: ofDate(
    (date) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0)) / 86_400_000) + 1,
  ),
  days_in_month: ofDate((date) =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate(),
  ),
  hour: ofDate((date) => date.getUTCHours()),
  minute: ofDate((date) => date.getUTCMinutes()),
};

/** Those that take the evaluation's own time when they are given no vector. */
export const dateFunctions: ReadonlySet<string> = new Set(
  "year month day_of_month day_of_week day_of_year days_in_month hour minute".split(" "),
);

function clamp(value: number, least: number, most: number): number | undefined {
  return most < least ? undefined : Math.max(least, Math.min(most, value));
}

function ofDate(part: (date: Date) => number): SampleFunction {
  return (seconds) => part(new Date(Math.trunc(seconds) * 1000));
}
