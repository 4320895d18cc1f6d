import { parseBytes, parseGoDuration } from "../syntax/quantity.ts";

/** What a label value converts to, or why it does not, in Go's words. */
export type Conversion = (text: string) => number | { readonly problem: string };

/** How each kind of label filter and unwrap reads a label. Durations are nanoseconds. */
export const conversions: Readonly<Record<"number" | "duration" | "bytes", Conversion>> = {
  number: convertNumber,
  duration: (text) => parseGoDuration(text) ?? { problem: durationProblem(text) },
  bytes: (text) => parseBytes(text) ?? { problem: bytesProblem(text) },
};

/** Round a size to what the humanize library prints of it: two digits, or the whole ones before the point. */
export function roundSize(bytes: number): number {
  if (bytes < 10) return bytes;
  const unit = 1000 ** Math.floor(Math.log10(bytes) / 3 + 1e-12);
  const tenths = Math.floor((bytes / unit) * 10 + 0.5);
  return (tenths < 100 ? tenths / 10 : roundHalfToEven(tenths / 10)) * unit;
}

function roundHalfToEven(value: number): number {
  const whole = Math.floor(value);
  return value - whole === 0.5 ? whole + (whole % 2) : Math.round(value);
}

/** Read a number as Loki does: decimal, with underscores between digits, or hexadecimal with an exponent. */
function parseGoFloat(text: string): number | undefined {
  // Digits alone are by far the most common, and cheaper to see than by the whole pattern.
  if (plain.test(text)) return Number(text);
  if (decimal.test(text)) return Number(text.replaceAll("_", ""));
  if (/^[+-]?(?:inf|infinity)$/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  if (/^[+-]?nan$/i.test(text)) return Number.NaN;
  return parseHexFloat(text);
}

const plain = /^[0-9]+(?:\.[0-9]+)?$/;
const decimal =
  /^[+-]?(?:[0-9]+(?:_[0-9]+)*\.?(?:[0-9]+(?:_[0-9]+)*)?|\.[0-9]+(?:_[0-9]+)*)(?:[eE][+-]?[0-9]+)?$/;

function convertNumber(text: string): ReturnType<Conversion> {
  const value = parseGoFloat(text);
  const overflows =
    value !== undefined && !Number.isFinite(value) && !Number.isNaN(value) && /[0-9]/.test(text);
  if (value !== undefined && !overflows) return value === 0 ? 0 : value;
  const reason = overflows ? "value out of range" : "invalid syntax";
  return { problem: `strconv.ParseFloat: parsing ${JSON.stringify(text)}: ${reason}` };
}

function parseHexFloat(text: string): number | undefined {
  const found = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)$/.exec(text);
  const digits = `${found?.[2] ?? ""}${found?.[3] ?? ""}`;
  if (!found || digits === "") return undefined;
  const value = Number.parseInt(digits, 16) * 2 ** (Number(found[4]) - 4 * (found[3] ?? "").length);
  return found[1] === "-" ? -value : value;
}

function durationProblem(text: string): string {
  const quoted = JSON.stringify(text);
  const body = text.replace(/^[+-]/, "");
  for (const [, amount = "", unit = ""] of body.matchAll(/([0-9.]*)([^0-9.]*)/g)) {
    if (!/^(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/.test(amount) || Number(amount) > 2 ** 63) break;
    if (unit === "") return `time: missing unit in duration ${quoted}`;
    if (parseGoDuration(`1${unit}`) === undefined)
      return `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`;
  }
  return `time: invalid duration ${quoted}`;
}

function bytesProblem(text: string): string {
  const unit = /^[0-9.,]+\s*(.+)$/.exec(text)?.[1];
  return unit
    ? `unhandled size name: ${unit.toLowerCase()}`
    : `strconv.ParseFloat: parsing ${JSON.stringify("")}: invalid syntax`;
}
