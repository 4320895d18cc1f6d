import { parseBytes, parseGoDuration } from "../syntax/quantity.ts";

/** What a label value converts to, or why it does not, in Go's words. */
export type Conversion = (text: string) => number | { readonly problem: string };

/** How each kind of label filter and unwrap reads a label. Durations are nanoseconds. */
export const conversions: Readonly<Record<"number" | "duration" | "bytes", Conversion>> = {
  number: (text) =>
    parseGoFloat(text) ?? { problem: `strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax` },
  duration: (text) => parseGoDuration(text) ?? { problem: durationProblem(text) },
  bytes: (text) => parseBytes(text) ?? { problem: bytesProblem(text) },
};

/** Read a number as Go's ParseFloat does: decimal, hexadecimal, infinities and NaN, underscores never. */
export function parseGoFloat(text: string): number | undefined {
  if (/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text)) return Number(text);
  if (/^[+-]?(?:inf|infinity)$/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return Number.NaN;
  return parseHexFloat(text);
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
  if (/^[+-]?[0-9.]+$/.test(text)) return `time: missing unit in duration ${quoted}`;
  const unit = /^[+-]?[0-9.]+([a-zA-Z]+)/.exec(text)?.[1];
  return unit
    ? `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`
    : `time: invalid duration ${quoted}`;
}

function bytesProblem(text: string): string {
  const unit = /^[0-9.,]+\s*(.+)$/.exec(text)?.[1];
  return unit
    ? `unhandled size name: ${unit.toLowerCase()}`
    : `strconv.ParseFloat: parsing ${JSON.stringify("")}: invalid syntax`;
}
