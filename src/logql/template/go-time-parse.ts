import { layoutElement, months, weekdays } from "./go-layout.ts";
import { GoTime } from "./go-time.ts";
import { zoneAt } from "./go-zone.ts";
import { TemplateRunError } from "./values.ts";

/** Parse by Go's reference layout; fields the layout lacks are those of year 1, or zero. */
export function parseTime(layout: string, text: string, zone: string): GoTime {
  const tokens: string[] = [];
  let pattern = "^";
  let last = 0;
  for (const found of layout.matchAll(layoutElement)) {
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
  if (date.getUTCDate() !== value.day) throw new TemplateRunError("parsing time: day out of range");
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

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
