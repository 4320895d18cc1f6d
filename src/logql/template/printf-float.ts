import { formatFloat, formatSpecial, goExponent } from "./go-number.ts";
import { signed, type Verb } from "./verb.ts";

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
  e: (value, precision = 6) => goExponent(evenTie(value.toExponential(Math.min(precision, 100)), value)),
  g: general,
  x: hexadecimal,
};

// toFixed gives an exponent from 1e21 on, where Go writes all digits.
function fixed(value: number, precision: number): string {
  if (value >= 1e21) return `${BigInt(value)}${precision > 0 ? `.${"0".repeat(precision)}` : ""}`;
  return evenTie(value.toFixed(precision), value);
}

function general(value: number, precision: number | undefined): string {
  if (precision === undefined) return formatFloat(value);
  const digits = Math.min(Math.max(precision, 1), 100);
  return formatFloat(Number(evenTie(value.toPrecision(digits), value)), digits);
}

// JavaScript rounds a tie up, Go to the even digit.
function evenTie(text: string, value: number): string {
  const [mantissa = "", exponent] = text.split("e");
  if (!/[13579]$/.test(mantissa)) return text;
  const below = mantissa.replace(/[0-9]$/, (digit) => String(Number(digit) - 1));
  const suffix = exponent === undefined ? "" : `e${exponent}`;
  const middle = `${below}${below.includes(".") ? "" : "."}5${suffix}`;
  const tie = Number(middle) === value && significant(middle) === significant(value.toExponential(40));
  return tie ? below + suffix : text;
}

function significant(text: string): string {
  return text
    .replace(/e.*/, "")
    .replace(".", "")
    .replace(/^0+|0+$/g, "");
}

function hexadecimal(value: number): string {
  if (value === 0) return "0x0p+00";
  const exponent = Math.floor(Math.log2(value));
  const digits = (value / 2 ** exponent).toString(16).replace(/^1\.?/, "");
  const sign = exponent < 0 ? "-" : "+";
  return `0x1${digits === "" ? "" : `.${digits}`}p${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
