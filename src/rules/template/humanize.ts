import { formatGo, goTime } from "../../logql/index.ts";

/** With metric prefixes: `1.235M`, `12m`. */
export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return short(value);
  return Math.abs(value) >= 1 ? scaled(value, 1000, ["k", "M", "G", "T", "P", "E", "Z", "Y"]) : small(value);
}

/** With binary prefixes: `1.5Mi`. */
export function humanize1024(value: number): string {
  if (Math.abs(value) <= 1 || !Number.isFinite(value)) return short(value);
  return scaled(value, 1024, ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"]);
}

/** Seconds as days, hours, minutes and seconds: `1h 2m 3s`; below one with a prefix. */
export function humanizeDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return short(seconds);
  if (seconds === 0) return `${short(seconds)}s`;
  if (Math.abs(seconds) < 1) return `${small(seconds)}s`;
  const sign = seconds < 0 ? "-" : "";
  const whole = Math.trunc(Math.abs(seconds));
  if (whole < 60) return `${sign}${short(Math.abs(seconds))}s`;
  const [days, hours, minutes] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
  ];
  const tail = `${minutes}m ${whole % 60}s`;
  if (days > 0) return `${sign}${days}d ${hours}h ${tail}`;
  return hours > 0 ? `${sign}${hours}h ${tail}` : `${sign}${tail}`;
}

/** A ratio as a percentage: `12.35%`. */
export function humanizePercentage(ratio: number): string {
  return `${short(ratio * 100)}%`;
}

/** Seconds since 1970 as a time in UTC. */
export function humanizeTimestamp(seconds: number): string {
  return Number.isFinite(seconds) ? goTime(seconds).toString() : short(seconds);
}

function scaled(value: number, base: number, prefixes: readonly string[]): string {
  let [rest, used] = [value, ""];
  for (const prefix of prefixes) {
    if (Math.abs(rest) < base) break;
    rest /= base;
    used = prefix;
  }
  return short(rest) + used;
}

function small(value: number): string {
  let [rest, used] = [value, ""];
  for (const prefix of ["m", "u", "n", "p", "f", "a", "z", "y"]) {
    if (Math.abs(rest) >= 1) break;
    rest *= 1000;
    used = prefix;
  }
  return short(rest) + used;
}

function short(value: number): string {
  return formatGo("%.4g", [value]);
}
