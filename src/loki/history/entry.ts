import type { PushStream, PushValue } from "../../logql/index.ts";

/** What one line of a history holds. */
export type Entry = readonly [PushStream["stream"], string, string, Readonly<Record<string, string>>];

/** One line for an entry, with its end. `labels` are JSON already: many entries share them. */
export function entryLine(labels: string, [time, line, metadata]: PushValue): string {
  return `[${labels},"${time}",${JSON.stringify(line)},${JSON.stringify(metadata ?? {})}]\n`;
}

/** Read a line back; undefined where it is no entry. */
export function parseEntry(line: string): Entry | undefined {
  if (!line.startsWith("[")) return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    return isEntry(entry) ? entry : undefined;
  } catch {
    return undefined; // Cut off by a crash.
  }
}

// A file on disk may hold anything; what is no entry must not cost those that are.
function isEntry(value: unknown): value is Entry {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [labels, time, line, metadata] = value as readonly unknown[];
  if (typeof time !== "string" || !/^\d{1,19}$/.test(time) || typeof line !== "string") return false;
  return isTexts(labels) && isTexts(metadata);
}

function isTexts(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((text) => typeof text === "string");
}
