import type { LogLine } from "./line.ts";

/**
 * Put fresh lines among those that are there, oldest first, each once, and keep the newest so many. Lines come in order
 * but for a few, so that only what lies beside the fresh ones is looked at.
 */
export function mergeLines(
  before: readonly LogLine[],
  fresh: readonly LogLine[],
  most: number,
): readonly LogLine[] {
  const added = fresh.toSorted(byTime);
  const [first] = added;
  if (!first) return before.slice(-most);
  let from = before.length;
  while (from > 0 && !isBefore(before[from - 1], first)) from--;
  const beside = before.slice(from);
  const next = beside.length === 0 ? added : [...beside, ...added].sort(byTime);
  return [...before.slice(0, from), ...unique(next)].slice(-most);
}

function isBefore(line: LogLine | undefined, other: LogLine): boolean {
  return line !== undefined && byTime(line, other) < 0;
}

/** Nanoseconds of our age have as many digits. */
function byTime(a: LogLine, b: LogLine): number {
  return a.ns < b.ns ? -1 : a.ns > b.ns ? 1 : 0;
}

function unique(lines: readonly LogLine[]): readonly LogLine[] {
  return [...new Map(lines.map((line) => [line.id, line])).values()];
}
