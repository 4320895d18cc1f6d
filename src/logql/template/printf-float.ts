import { formatFloat, formatSpecial, goExponent } from "./go-number.ts";
import { signed, type Verb } from "./printf-verbs.ts";

/** Format a float64 by %f, %e, %g, %x and their upper-case forms; undefined for any other verb. */
export function formatNumber(verb: Verb, value: number): string | undefined {
  const format = formats[verb.letter.toLowerCase()];
  if (!format) return undefined;
  const special = formatSpecial(value);
  if (special !== undefined) return special;
  const negative = value < 0 || Object.is(value, -0);
  const text = format(Math.abs(value), verb.precision);
  return signed(verb, negative, /[A-Z]/.test(verb.letter) ? text.toUpperCase() : text);
}

const formats: Readonly<Record<string, (value: number, precision: number | undefined) => string>> = {
  f: (value, precision = 6) => fixed(value, Math.min(precision, 100)),
  e: (value, precision = 6) => goExponent(value.toExponential(Math.min(precision, 100))),
  g: general,
  x: hexadecimal,
};

// toFixed gives an exponent from 1e21 on, where Go writes all digits; and it rounds a tie up, Go to the even digit.
function fixed(value: number, precision: number): string {
  if (value >= 1e21) return `${BigInt(value)}${precision > 0 ? `.${"0".repeat(precision)}` : ""}`;
  const text = value.toFixed(precision);
  const exact = value.toFixed(Math.min(100, precision + 30));
  const tail = exact.slice(exact.indexOf(".") + 1 + precision);
  const isTie = /^50*$/.test(tail) && /[13579]$/.test(text);
  return isTie ? exact.slice(0, exact.length - tail.length).replace(/\.$/, "") : text;
}

function general(value: number, precision: number | undefined): string {
  if (precision === undefined) return formatFloat(value);
  const digits = Math.min(Math.max(precision, 1), 100);
  return formatFloat(Number(value.toPrecision(digits)), digits);
}

function hexadecimal(value: number): string {
  if (value === 0) return "0x0p+00";
  const exponent = Math.floor(Math.log2(value));
  const digits = (value / 2 ** exponent).toString(16).replace(/^1\.?/, "");
  const sign = exponent < 0 ? "-" : "+";
  return `0x1${digits === "" ? "" : `.${digits}`}p${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
