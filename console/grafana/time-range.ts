import { parseDuration } from "./duration.ts";

/** What the user chose: `now-1h`, `now/d`, milliseconds since 1970, or an ISO time. */
export interface RawTimeRange {
  readonly from: string;
  readonly to: string;
}

/** Milliseconds since 1970. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export const defaultTimeRange: RawTimeRange = { from: "now-1h", to: "now" };

/** Turn a chosen range into milliseconds; undefined when either end can't be read or the end is not after the start. */
export function resolveTimeRange(raw: RawTimeRange, now: number): TimeRange | undefined {
  const from = parseTime(raw.from, now, "start");
  const to = parseTime(raw.to, now, "end");
  return from === undefined || to === undefined || to <= from ? undefined : { from, to };
}

/** Parse one end of a range. `now/d` is the start of today, or its end when it ends a range. */
export function parseTime(text: string, now: number, edge: "start" | "end"): number | undefined {
  const trimmed = text.trim();
  if (/^\d{9,}$/.test(trimmed)) return Number(trimmed);
  if (!trimmed.startsWith("now")) {
    const ms = Date.parse(trimmed.replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, "$1T"));
    return Number.isNaN(ms) ? undefined : ms;
  }
  const found = /^now((?:[-+]\d+[smhdwMy])*)(?:\/([smhdwMy]))?$/.exec(trimmed);
  if (!found) return undefined;
  let time = now;
  for (const [, sign, amount] of (found[1] ?? "").matchAll(/([-+])(\d+[smhdwMy])/g)) {
    time += (sign === "-" ? -1 : 1) * (parseDuration(amount ?? "") ?? 0);
  }
  return found[2] === undefined ? time : roundTo(time, found[2], edge);
}

function roundTo(time: number, unit: string, edge: "start" | "end"): number {
  const date = new Date(time);
  const parts: [number, number, number, number, number, number] = [
    date.getFullYear(),
    date.getMonth(),
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
  ];
  const index = "yMdhms".indexOf(unit === "w" ? "d" : unit);
  for (let part = index + 1; part < parts.length; part++) parts[part] = part === 2 ? 1 : 0;
  if (unit === "w") parts[2] -= (date.getDay() + 6) % 7;
  if (edge === "end") parts[index] = (parts[index] ?? 0) + (unit === "w" ? 7 : 1);
  return new Date(...parts).getTime() - (edge === "end" ? 1 : 0);
}

export const quickRanges: readonly (RawTimeRange & { readonly text: string })[] = [
  ["5m", "5 minutes"],
  ["15m", "15 minutes"],
  ["30m", "30 minutes"],
  ["1h", "hour"],
  ["3h", "3 hours"],
  ["6h", "6 hours"],
  ["12h", "12 hours"],
  ["24h", "24 hours"],
  ["2d", "2 days"],
  ["7d", "7 days"],
].map(([ago, text]) => ({ from: `now-${ago}`, to: "now", text: `Last ${text}` }));

/** Say a range as a person would. */
export function describeTimeRange(raw: RawTimeRange): string {
  const quick = quickRanges.find(({ from, to }) => from === raw.from && to === raw.to);
  if (quick) return quick.text;
  if (raw.to === "now" && raw.from.startsWith("now-")) return `Last ${raw.from.slice(4)}`;
  return `${describeEnd(raw.from)} to ${describeEnd(raw.to)}`;
}

function describeEnd(text: string): string {
  const ms = text.startsWith("now") ? undefined : parseTime(text, 0, "start");
  if (ms === undefined) return text;
  const date = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
