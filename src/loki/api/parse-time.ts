import { ApiError } from "./api-message.ts";

/**
 * Nanoseconds of a time as the API takes it: seconds (up to ten digits), nanoseconds, seconds with a fraction, RFC 3339.
 * @throws ApiError
 */
export function parseTime(text: string): bigint {
  if (/^-?\d+$/.test(text)) {
    const whole = BigInt(text);
    return text.length <= 10 ? whole * 1_000_000_000n : whole;
  }
  if (/^-?\d*\.\d+$/.test(text)) {
    const [seconds = "", fraction = ""] = text.split(".");
    return BigInt(`${seconds || "0"}${fraction.padEnd(9, "0").slice(0, 9)}`);
  }
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  const ms = found ? Date.parse(`${found[1]}${found[3]}`) : Number.NaN;
  if (Number.isNaN(ms))
    throw new ApiError(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return BigInt(ms) * 1_000_000n + BigInt((found?.[2] ?? "").padEnd(9, "0"));
}
