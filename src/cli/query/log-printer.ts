import { printable } from "../../logger/output/printable.ts";
import { parseRecord, recordLevel } from "../../loki/collect/index.ts";
import type { Terminal } from "../command.ts";

export interface LogEntry {
  /** Milliseconds since 1970, and nanoseconds past them. */
  readonly ms: number;
  readonly subNs: number;
  readonly line: string;
  readonly labels: () => Readonly<Record<string, string>>;
}

/** Writes the lines a log query gives. */
export type LogPrinter = (entry: LogEntry) => string;

/** A printer for a format: `raw` writes the line alone, `json` one object a line, `text` for people. */
export function logPrinter(format: "text" | "json" | "raw", { stdout }: Terminal): LogPrinter {
  if (format === "raw") return ({ line }) => `${line}\n`;
  if (format === "json") return jsonText;
  const colored = stdout.isTTY === true && !process.env["NO_COLOR"];
  return (entry) => `${readable(entry, colored)}\n`;
}

function jsonText({ ms, subNs, line, labels }: LogEntry): string {
  const time = `${ms}${String(subNs).padStart(6, "0")}`;
  return `${JSON.stringify({ time, line, labels: labels() })}\n`;
}

// They stand on every line, or are said by time and level already.
const left: ReadonlySet<string> = new Set([
  "time",
  "level",
  "msg",
  "service_name",
  "service_version",
  "service_instance_id",
  "deployment_environment_name",
]);

function readable({ ms, line }: LogEntry, colored: boolean): string {
  const at = new Date(ms).toISOString();
  const record = parseRecord(line);
  try {
    if (record) return `${at} ${recordText(record, colored)}`;
  } catch {
    // Nested deeper than the stack is.
  }
  return `${at}        ${line}`;
}

function recordText(record: Readonly<Record<string, unknown>>, colored: boolean): string {
  const { level, msg } = record;
  const fields = Object.entries(record).filter(([name]) => !left.has(name));
  const stacks = fields.flatMap(([, value]) => (isStack(value) ? [value] : []));
  const flat = fields.filter(([, value]) => !isStack(value));
  const pairs = flat
    .map(([name, value]) => ` ${String(printable(name))}=${valueText(printable(value))}`)
    .join("");
  const tail = stacks.map(stackText).join("");
  const text = typeof msg === "string" ? String(printable(msg)) : "";
  return `${levelText(level, colored)} ${text}${dimmed(pairs, colored)}${tail}`;
}

function isStack(value: unknown): value is string {
  return typeof value === "string" && value.includes("\n");
}

// Its lines stay lines; what a terminal would obey in them is spelled out like all other text of a field.
function stackText(stack: string): string {
  return stack
    .split("\n")
    .map((line) => `\n    ${String(printable(line))}`)
    .join("");
}

function valueText(value: unknown): string {
  if (typeof value === "string") return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  return JSON.stringify(value) ?? "";
}

const colors: Readonly<Record<string, number>> = {
  fatal: 31,
  error: 31,
  warn: 33,
  info: 32,
  debug: 36,
  trace: 90,
};

function levelText(level: unknown, colored: boolean): string {
  const name = String(printable(recordLevel({ level }) ?? level ?? ""));
  const text = name.toUpperCase().padEnd(5);
  const color = colors[name.toLowerCase()];
  return colored && color !== undefined ? `\u001b[${color}m${text}\u001b[0m` : text;
}

function dimmed(text: string, colored: boolean): string {
  return colored && text !== "" ? `\u001b[2m${text}\u001b[0m` : text;
}
