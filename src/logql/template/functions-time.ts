import { parseGoDuration } from "../syntax/quantity.ts";
import { asText, asTime, toInt64 } from "./cast.ts";
import type { TemplateFunction } from "./functions.ts";
import { formatTime, GoTime } from "./go-time.ts";
import { parseTime } from "./go-time-parse.ts";
import { isZone } from "./go-zone.ts";
import { TemplateRunError, type TemplateValue } from "./values.ts";

const seconds: TemplateFunction = { min: 1, max: 1, call: ([text]) => durationSeconds(asText(text)) };

/** The functions on times and durations. The local zone is UTC, so that an answer does not depend on the machine. */
export const timeFunctions: Readonly<Record<string, TemplateFunction>> = {
  __timestamp__: { min: 0, max: 0, call: (_args, entry) => new GoTime(entry.timestamp) },
  now: { min: 0, max: 0, call: () => new GoTime(BigInt(Date.now()) * 1_000_000n) },
  date: { min: 2, max: 2, call: ([layout, time]) => formatTime(momentOf(time), asText(layout)) },
  toDate: { min: 2, max: 2, call: ([layout, text]) => parseLeniently(asText(layout), asText(text), "UTC") },
  toDateInZone: {
    min: 3,
    max: 3,
    call: ([layout, zone, text]) => parseLeniently(asText(layout), asText(text), asText(zone)),
  },
  unixEpoch: { min: 1, max: 1, call: ([time]) => String(floorDivide(asTime(time).ns, 1_000_000_000n)) },
  unixEpochMillis: { min: 1, max: 1, call: ([time]) => String(floorDivide(asTime(time).ns, 1_000_000n)) },
  unixEpochNanos: { min: 1, max: 1, call: ([time]) => String(asTime(time).ns) },
  unixToTime: { min: 1, max: 1, call: ([epoch]) => fromEpoch(asText(epoch)) },
  duration: seconds,
  duration_seconds: seconds,
};

function durationSeconds(text: string): number {
  const ns = parseGoDuration(text);
  if (ns === undefined) throw new TemplateRunError(`time: invalid duration ${JSON.stringify(text)}`);
  return ns / 1e9;
}

// sprig's date takes a time, which it shows in the local zone, or Unix seconds as a number; of anything else it makes the current time.
function momentOf(value: TemplateValue | undefined): GoTime {
  if (value instanceof GoTime) return new GoTime(value.ns);
  if (typeof value === "bigint" || typeof value === "number")
    return new GoTime(toInt64(value) * 1_000_000_000n);
  return new GoTime(BigInt(Date.now()) * 1_000_000n);
}

const zeroTime = new GoTime(-62_135_596_800_000_000_000n);

// As in sprig, a text that does not fit the layout is the zero time.
function parseLeniently(layout: string, text: string, zone: string): GoTime {
  try {
    return parseTime(layout, text, isZone(zone) ? zone : "UTC");
  } catch (error) {
    if (error instanceof TemplateRunError || error instanceof RangeError) return zeroTime;
    throw error;
  }
}

// The number of digits tells days, seconds, milliseconds, microseconds and nanoseconds apart.
const epochUnits: Readonly<Record<number, bigint>> = {
  5: 86_400_000_000_000n,
  10: 1_000_000_000n,
  13: 1_000_000n,
  16: 1000n,
  19: 1n,
};

function fromEpoch(text: string): GoTime {
  const unit = epochUnits[text.length];
  if (!/^\d+$/.test(text)) throw new TemplateRunError(`unable to parse time '${text}'`);
  if (unit === undefined) throw new TemplateRunError(`unable to parse time '${text}'`);
  return new GoTime(BigInt(text) * unit);
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}
