import { printable } from "../../logger/output/printable.ts";
import { unsaid } from "../../logger/output/unsaid.ts";
import { parseRecord, recordLevel } from "../../loki/collect/index.ts";

/** Makes a line for people of a line of JSON with a message; any other line stays as it is. */
export function linePrinter(colored: boolean): (line: string) => string {
  const color = colored
    ? (code: number, text: string): string => `\u001b[${code}m${text}\u001b[0m`
    : (_: number, text: string): string => text;
  return (line) => {
    const record = recordOf(line);
    if (!record) return line;
    const { level, service_name: service, name, msg } = record;
    const word = recordLevel({ level }) ?? String(level);
    const who = typeof service === "string" ? service : typeof name === "string" ? name : "";
    const head = [
      timeText(record["time"]),
      color(colors[word] ?? 37, word.toUpperCase().padEnd(5)),
      who && color(36, who),
      msg,
    ];
    return (
      head.filter((part) => part !== "").join(" ") + color(90, fieldsText(unsaid(record))) + stackText(record)
    );
  };
}

type Log = Readonly<Record<string, unknown>>;

const colors: Readonly<Record<string, number>> = {
  fatal: 31,
  error: 31,
  warn: 33,
  info: 32,
  debug: 34,
  trace: 90,
};

// They stand at the head, or are the same on every line.
const left: ReadonlySet<string> = new Set([
  "time",
  "level",
  "msg",
  "name",
  "pid",
  "hostname",
  "service_name",
  "service_version",
  "service_instance_id",
  "deployment_environment_name",
  "exception_stacktrace",
]);

function recordOf(line: string): Log | undefined {
  const parsed = parseRecord(line);
  if (!parsed) return undefined;
  try {
    const record = printable(withStack(asContract(parsed))) as Log;
    return typeof record["msg"] === "string" && record["level"] !== undefined ? record : undefined;
  } catch {
    return undefined; // Nested deeper than the stack is.
  }
}

// Winston and others say `message`, `timestamp` and `service`.
function asContract(record: Log): Log {
  if (record["msg"] !== undefined || typeof record["message"] !== "string") return record;
  const { message: msg, timestamp, service, ...rest } = record;
  const time = timestamp === undefined ? {} : { time: timestamp };
  return { ...time, ...(service === undefined ? {} : { service_name: service }), ...rest, msg };
}

// The frames stand on lines of their own, each made harmless like all other text.
function withStack(record: Log): Log {
  const stack = record["exception_stacktrace"];
  return typeof stack === "string" ? { ...record, exception_stacktrace: stack.split("\n") } : record;
}

function stackText({ exception_stacktrace: frames }: Log): string {
  return Array.isArray(frames) ? frames.map((frame) => `\n    ${String(frame).trim()}`).join("") : "";
}

function timeText(time: unknown): string {
  const date = new Date(typeof time === "number" ? time : String(time));
  if (Number.isNaN(date.getTime())) return "";
  const pad = (value: number, width = 2): string => String(value).padStart(width, "0");
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map((value) => pad(value)).join(":");
  return `${clock}.${pad(date.getMilliseconds(), 3)}`;
}

function fieldsText(record: Log): string {
  return Object.entries(record)
    .filter(([name]) => !left.has(name))
    .map(([name, value]) => ` ${name}=${valueText(value)}`)
    .join("");
}

function valueText(value: unknown): string {
  if (typeof value === "string") return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  return JSON.stringify(value) ?? "";
}
