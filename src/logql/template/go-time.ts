import { layoutElement, months, weekdays } from "./go-layout.ts";
import { offsetText, pad, zoneAt } from "./go-zone.ts";

/** A moment, to the nanosecond, with the zone it is shown in. */
export class GoTime {
  readonly ns: bigint;
  readonly zone: string;

  constructor(ns: bigint, zone = "UTC") {
    this.ns = ns;
    this.zone = zone;
  }

  /** As Go prints a time: `2006-01-02 15:04:05.999999999 -0700 MST`. */
  toString(): string {
    return formatTime(this, "2006-01-02 15:04:05.999999999 -0700 MST");
  }
}

/** Format by Go's reference layout. */
export function formatTime(time: GoTime, layout: string): string {
  const parts = partsOf(time);
  return layout.replace(layoutElement, (token) => formatElement(token, parts));
}

interface Parts {
  readonly date: Date;
  readonly nanos: number;
  readonly offsetMinutes: number;
  readonly abbreviation: string;
}

function partsOf(time: GoTime): Parts {
  const ms = Number((time.ns - (((time.ns % 1_000_000n) + 1_000_000n) % 1_000_000n)) / 1_000_000n);
  const nanos = Number(((time.ns % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n);
  const { minutes, abbreviation } = zoneAt(time.zone, ms);
  return { date: new Date(ms + minutes * 60_000), nanos, offsetMinutes: minutes, abbreviation };
}

const formatters: Readonly<Record<string, (parts: Parts) => string>> = {
  "2006": ({ date }) => String(date.getUTCFullYear()).padStart(4, "0"),
  "06": ({ date }) => pad(date.getUTCFullYear() % 100),
  January: ({ date }) => months[date.getUTCMonth()] ?? "",
  Jan: ({ date }) => (months[date.getUTCMonth()] ?? "").slice(0, 3),
  Monday: ({ date }) => weekdays[date.getUTCDay()] ?? "",
  Mon: ({ date }) => (weekdays[date.getUTCDay()] ?? "").slice(0, 3),
  "01": ({ date }) => pad(date.getUTCMonth() + 1),
  "1": ({ date }) => String(date.getUTCMonth() + 1),
  "02": ({ date }) => pad(date.getUTCDate()),
  _2: ({ date }) => String(date.getUTCDate()).padStart(2, " "),
  "2": ({ date }) => String(date.getUTCDate()),
  "002": ({ date }) =>
    String(Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1).padStart(
      3,
      "0",
    ),
  "15": ({ date }) => pad(date.getUTCHours()),
  "03": ({ date }) => pad(date.getUTCHours() % 12 || 12),
  "3": ({ date }) => String(date.getUTCHours() % 12 || 12),
  "04": ({ date }) => pad(date.getUTCMinutes()),
  "4": ({ date }) => String(date.getUTCMinutes()),
  "05": ({ date }) => pad(date.getUTCSeconds()),
  "5": ({ date }) => String(date.getUTCSeconds()),
  PM: ({ date }) => (date.getUTCHours() >= 12 ? "PM" : "AM"),
  pm: ({ date }) => (date.getUTCHours() >= 12 ? "pm" : "am"),
  MST: ({ abbreviation }) => abbreviation,
};

function formatElement(token: string, parts: Parts): string {
  const formatter = formatters[token];
  if (formatter) return formatter(parts);
  if (/^Z/.test(token) && parts.offsetMinutes === 0) return "Z";
  if (/^[Z-]07/.test(token)) return offsetText(parts.offsetMinutes, token.slice(1));
  const digits = String(parts.nanos)
    .padStart(9, "0")
    .slice(0, token.length - 1);
  if (token.charAt(1) === "0") return `${token.charAt(0)}${digits}`;
  const trimmed = digits.replace(/0+$/, "");
  return trimmed === "" ? "" : `${token.charAt(0)}${trimmed}`;
}
