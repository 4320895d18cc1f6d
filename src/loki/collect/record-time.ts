const names = ["time", "timestamp", "@timestamp", "ts"] as const;

/** Milliseconds since 1970 of a record's own time; undefined where it has none that makes sense. */
export function recordTimeMs(record: Readonly<Record<string, unknown>>): number | undefined {
  for (const name of names) {
    const value = record[name];
    const ms =
      typeof value === "number"
        ? fromNumber(value)
        : typeof value === "string"
          ? fromText(value)
          : Number.NaN;
    if (ms > 0 && ms < farMs) return Math.floor(ms);
  }
  return undefined;
}

// The year 2200: beyond it, nanoseconds have more digits than the API takes.
const farMs = 7_258_118_400_000;

function fromText(text: string): number {
  return /^\d+(?:\.\d+)?$/.test(text) ? fromNumber(Number(text)) : Date.parse(text);
}

// Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size.
function fromNumber(value: number): number {
  if (value > 1e17) return value / 1e6;
  if (value > 1e14) return value / 1e3;
  return value > 1e11 ? value : value * 1e3;
}
