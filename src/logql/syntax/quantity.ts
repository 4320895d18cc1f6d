/** A literal that starts with a digit: a plain number, a duration in nanoseconds, or a size in bytes. */
export interface Quantity {
  readonly kind: "number" | "duration" | "bytes";
  readonly value: number;
  readonly end: number;
}

/** Read the quantity at an offset of a query; a sentence says what is wrong. */
export function readQuantity(source: string, at: number): Quantity | string {
  word.lastIndex = at;
  const text = word.exec(source)?.[0] ?? "";
  const end = at + text.length;
  if (isNumber(text)) return { kind: "number", value: numberOf(text), end };
  const duration = parseDuration(text);
  if (duration !== undefined) return { kind: "duration", value: duration, end };
  const bytes = sizeLiteral.test(text) ? parseBytes(text) : undefined;
  if (bytes !== undefined) return { kind: "bytes", value: bytes, end };
  // Letters that are no unit are a word of their own: `a>5b>5` is `a>5 b>5`.
  const plain = /^(?!0[xXbBoO]|[0-9]+[eEpP])(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?=[A-Za-z_])/.exec(text)?.[0];
  if (plain) return { kind: "number", value: numberOf(plain), end: at + plain.length };
  return `syntax error: ${JSON.stringify(text)} is neither a number, a duration nor a size`;
}

/** Nanoseconds of a duration as a query writes it: by Go's rules, or by Prometheus'. */
export function parseDuration(text: string): number | undefined {
  return isRange(text) || !/[dwy]/.test(text) ? sumOfParts(text, durationUnits) : undefined;
}

/** Whether a duration is written by Prometheus' rules, as a range is: whole numbers, the largest unit first, none twice. */
export function isRange(text: string): boolean {
  return /^(?:[0-9]+y)?(?:[0-9]+w)?(?:[0-9]+d)?(?:[0-9]+h)?(?:[0-9]+m)?(?:[0-9]+s)?(?:[0-9]+ms)?$/.test(text);
}

/** Nanoseconds of a duration as a label holds it: signed, and Go's units only, so `1d` is none. */
export function parseGoDuration(text: string): number | undefined {
  const sign = text.startsWith("-") ? -1 : 1;
  const body = /^[+-]/.test(text) ? text.slice(1) : text;
  if (body === "0") return 0;
  const value = /[dwy]/.test(body) ? undefined : sumOfParts(body, durationUnits);
  return value === undefined || value > maxDuration ? undefined : sign * value;
}

// Go's durations are 64-bit nanoseconds.
const maxDuration = 2 ** 63;

/** Bytes of a size, as the humanize library reads it: `5 MiB`, `3k`, `1G`, `20`. Units ignore case. */
export function parseBytes(text: string): number | undefined {
  const found = /^([0-9][0-9.,]*|\.[0-9]+)\s*([a-zA-Z]*)$/.exec(text);
  const unit = found ? byteUnits[(found[2] ?? "").toLowerCase()] : undefined;
  const amount = Number((found?.[1] ?? "").replaceAll(",", ""));
  return unit === undefined || Number.isNaN(amount) ? undefined : Math.trunc(amount * unit);
}

const word = /0[xX][0-9a-fA-F]+|[0-9.]+(?:[eE][+-]?[0-9]+)?[A-Za-z0-9_.µμ]*/y;
// In a query units are exact, where those of a label ignore case; and `0B` would start a binary number.
const sizeLiteral = /^(?!0[bB])[0-9.]+(?:B|[kKMGT]i?B?)$/;
const part = /([0-9]*\.?[0-9]+|[0-9]+\.)(ns|us|µs|μs|ms|s|m|h|d|w|y)/y;

const durationUnits: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 86_400e9,
  w: 7 * 86_400e9,
  y: 365 * 86_400e9,
};

const byteUnits: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
  t: 1e12,
  tb: 1e12,
  p: 1e15,
  pb: 1e15,
  e: 1e18,
  eb: 1e18,
  ki: 2 ** 10,
  kib: 2 ** 10,
  mi: 2 ** 20,
  mib: 2 ** 20,
  gi: 2 ** 30,
  gib: 2 ** 30,
  ti: 2 ** 40,
  tib: 2 ** 40,
  pi: 2 ** 50,
  pib: 2 ** 50,
  ei: 2 ** 60,
  eib: 2 ** 60,
};

const digits = "[0-9]+(?:_[0-9]+)*";
const number = new RegExp(`^(?:${digits}(?:\\.(?:${digits})?)?|\\.${digits})(?:[eE][+-]?${digits})?$`);

function isNumber(text: string): boolean {
  return number.test(text) || /^0(?:[xX][0-9a-fA-F]+|[oO][0-7]+)$/.test(text);
}

// A hexadecimal or octal literal is lexed as a number, but has no value: what it means is for the parser to say.
function numberOf(text: string): number {
  return /^0[xXoO]/.test(text)
    ? Number.NaN
    : Number(
        text
          .replaceAll("_", "")
          .replace(/\.$/, "")
          .replace(/\.(?=[eE])/, ""),
      );
}

function sumOfParts(text: string, units: Readonly<Record<string, number>>): number | undefined {
  let total = 0;
  let at = 0;
  while (at < text.length) {
    part.lastIndex = at;
    const found = part.exec(text);
    const unit = units[found?.[2] ?? ""];
    if (!found || unit === undefined) return undefined;
    total += Number(found[1]) * unit;
    at = part.lastIndex;
  }
  return at === 0 ? undefined : total;
}
