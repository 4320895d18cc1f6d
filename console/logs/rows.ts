import type { LogLine } from "./line.ts";

/** What one row of the list stands for. */
export interface LogRow {
  readonly line: LogLine;
  /** Further lines of a stack trace that was written as text, in the order written. */
  readonly continued: readonly LogLine[];
  /** How many times a line of this kind came, with repeats grouped. */
  readonly count: number;
  /** Of the first and last of them. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Lines that carry on what the one before began: indented, or in the ways stack traces do. */
const continuation = /^(\s+\S|Caused by:|\.\.\. \d+ more|\s*})/;
const continuationMs = 1000;

/** Join the lines of stack traces into one row. The lines come oldest first. */
export function joinTraces(lines: readonly LogLine[]): readonly LogRow[] {
  const rows: { line: LogLine; continued: LogLine[] }[] = [];
  const lastOfStream = new Map<string, (typeof rows)[number]>();
  for (const line of lines) {
    const stream = line.labels["service_instance_id"] ?? line.labels["service_name"] ?? "";
    const open = lastOfStream.get(stream);
    if (open && !line.text.startsWith("{") && continues(open, line) && !open.line.json)
      open.continued.push(line);
    else {
      const row = { line, continued: [] };
      rows.push(row);
      lastOfStream.set(stream, row);
    }
  }
  return rows.map(({ line, continued }) => ({
    line,
    continued,
    count: 1,
    firstMs: line.timeMs,
    lastMs: line.timeMs,
  }));
}

function continues(
  open: { readonly line: LogLine; readonly continued: readonly LogLine[] },
  line: LogLine,
): boolean {
  const last = open.continued.at(-1) ?? open.line;
  return continuation.test(line.text) && line.timeMs - last.timeMs <= continuationMs;
}

/** Put rows that say the same into one, where the newest of them stands. The rows come oldest first. */
export function groupRepeats(rows: readonly LogRow[]): readonly LogRow[] {
  const groups = new Map<string, LogRow>();
  for (const row of rows) {
    const key = pattern(row.line);
    const group = groups.get(key);
    groups.delete(key);
    groups.set(key, group ? { ...row, count: group.count + 1, firstMs: group.firstMs } : row);
  }
  return [...groups.values()];
}

/** What makes two lines repeats: level, service, error and message, whatever numbers and ids stand in it. */
function pattern(line: LogLine): string {
  const message = line.message.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|0x[0-9a-f]+|\b[0-9a-f]{16,}\b|\d+/gi, "#");
  const service = line.fields["service_name"] ?? line.labels["service_name"] ?? "";
  const error = line.fields["exception_message"] ?? line.fields["error_type"] ?? "";
  return JSON.stringify([
    line.level,
    service,
    line.fields["event_name"] ?? "",
    message,
    String(error).replace(/\d+/g, "#"),
  ]);
}
