import { TemplateRunError } from "./values.ts";

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
  return layout.replace(element, (token) => formatElement(token, parts));
}

/** Parse by Go's reference layout; fields the layout lacks are those of year 1, or zero. */
export function parseTime(layout: string, text: string, zone: string): GoTime {
  const tokens: string[] = [];
  let pattern = "^";
  let last = 0;
  for (const found of layout.matchAll(element)) {
    pattern += escapeRegex(layout.slice(last, found.index)) + (patterns[found[0]] ?? fraction(found[0]));
    tokens.push(found[0]);
    last = found.index + found[0].length;
  }
  const match = new RegExp(`${pattern}${escapeRegex(layout.slice(last))}$`).exec(text);
  if (!match)
    throw new TemplateRunError(
      `parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}: cannot parse`,
    );
  return assemble(tokens, match.slice(1), zone);
}

const element =
  /January|Jan|Monday|Mon|2006|MST|Z07:00:00|Z07:00|Z0700|Z07|-07:00:00|-07:00|-0700|-07|002|01|02|03|04|05|06|15|PM|pm|_2|[.,]0+(?!\d)|[.,]9+(?!\d)|1|2|3|4|5/g;

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

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

function zoneAt(zone: string, ms: number): { minutes: number; abbreviation: string } {
  if (zone === "UTC") return { minutes: 0, abbreviation: "UTC" };
  const text = (style: "longOffset" | "short"): string =>
    new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: style })
      .formatToParts(ms)
      .find(({ type }) => type === "timeZoneName")?.value ?? "";
  const found = /GMT([+-])(\d\d):(\d\d)/.exec(text("longOffset"));
  const minutes = found ? (Number(found[2]) * 60 + Number(found[3])) * (found[1] === "-" ? -1 : 1) : 0;
  const short = text("short");
  return { minutes, abbreviation: /^[A-Z]+$/.test(short) ? short : offsetText(minutes, "") };
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

function offsetText(minutes: number, layout: string): string {
  const sign = minutes < 0 ? "-" : "+";
  const [hours, rest] = [pad(Math.floor(Math.abs(minutes) / 60)), pad(Math.abs(minutes) % 60)];
  if (layout === "07") return sign + hours;
  if (layout === "") return rest === "00" ? sign + hours : sign + hours + rest;
  return `${sign}${hours}${layout.includes(":") ? ":" : ""}${rest}`;
}

const patterns: Readonly<Record<string, string>> = {
  "2006": "(\\d{4})",
  "06": "(\\d\\d)",
  January: `(${months.join("|")})`,
  Jan: "([A-Z][a-z]{2})",
  Monday: `(${weekdays.join("|")})`,
  Mon: "([A-Z][a-z]{2})",
  "01": "(\\d\\d)",
  "1": "(\\d{1,2})",
  "02": "(\\d\\d)",
  _2: "( ?\\d{1,2})",
  "2": "(\\d{1,2})",
  "002": "(\\d{3})",
  "15": "(\\d\\d)",
  "03": "(\\d\\d)",
  "3": "(\\d{1,2})",
  "04": "(\\d\\d)",
  "4": "(\\d{1,2})",
  "05": "(\\d\\d(?:[.,]\\d+)?)",
  "5": "(\\d{1,2}(?:[.,]\\d+)?)",
  PM: "(AM|PM)",
  pm: "(am|pm)",
  MST: "([A-Z]{3,4})",
  "Z07:00": "(Z|[+-]\\d\\d:\\d\\d)",
  Z0700: "(Z|[+-]\\d{4})",
  "-07:00": "([+-]\\d\\d:\\d\\d)",
  "-0700": "([+-]\\d{4})",
  "-07": "([+-]\\d\\d)",
  Z07: "(Z|[+-]\\d\\d)",
};

function fraction(token: string): string {
  return token.charAt(1) === "9" ? "((?:[.,]\\d+)?)" : `([.,]\\d{${token.length - 1}})`;
}

function assemble(tokens: readonly string[], texts: readonly string[], zone: string): GoTime {
  const value = {
    year: 0,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    nanos: 0,
    pm: undefined as boolean | undefined,
    offset: undefined as number | undefined,
  };
  tokens.forEach((token, i) => {
    const text = (texts[i] ?? "").trim();
    if (token === "2006") value.year = Number(text);
    else if (token === "06") value.year = Number(text) + (Number(text) >= 69 ? 1900 : 2000);
    else if (token === "January" || token === "Jan")
      value.month = months.findIndex((name) => name.startsWith(text)) + 1;
    else if (token === "01" || token === "1") value.month = Number(text);
    else if (token === "02" || token === "2" || token === "_2") value.day = Number(text);
    else if (token === "15" || token === "03" || token === "3") value.hour = Number(text);
    else if (token === "04" || token === "4") value.minute = Number(text);
    else if (token === "05" || token === "5") {
      const [whole = "", part = ""] = text.split(/[.,]/);
      value.second = Number(whole);
      if (part !== "") value.nanos = Number(part.slice(0, 9).padEnd(9, "0"));
    } else if (token === "PM" || token === "pm") value.pm = text.toUpperCase() === "PM";
    else if (/^[.,]/.test(token)) value.nanos = Number(text.slice(1, 10).padEnd(9, "0"));
    else if (/07/.test(token)) value.offset = parseOffset(text);
  });
  if (
    value.month < 1 ||
    value.month > 12 ||
    value.day < 1 ||
    value.day > 31 ||
    value.hour > 23 ||
    value.minute > 59 ||
    value.second > 59
  ) {
    throw new TemplateRunError("parsing time: value out of range");
  }
  if (value.pm !== undefined) value.hour = (value.hour % 12) + (value.pm ? 12 : 0);
  const date = new Date(0);
  date.setUTCFullYear(value.year, value.month - 1, value.day);
  date.setUTCHours(value.hour, value.minute, value.second);
  const local = date.getTime();
  const minutes = value.offset ?? zoneAt(zone, local - zoneAt(zone, local).minutes * 60_000).minutes;
  return new GoTime(BigInt(local - minutes * 60_000) * 1_000_000n + BigInt(value.nanos), zone);
}

function parseOffset(text: string): number {
  if (text === "Z") return 0;
  const digits = text.replace(/[^0-9]/g, "").padEnd(4, "0");
  return (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4))) * (text.startsWith("-") ? -1 : 1);
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
