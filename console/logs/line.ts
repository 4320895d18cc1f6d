import type { StreamResult } from "../../src/logql/result.ts";
import { visibleText } from "../grafana/visible-text.ts";

/** An entry as the pages show it. */
export interface LogLine {
  /** Unique in a list: time, stream and text. */
  readonly id: string;
  /** Nanoseconds since 1970, as text: they pass 2^53. */
  readonly ns: string;
  readonly timeMs: number;
  /** The line as it was written. */
  readonly text: string;
  readonly level: Level;
  /** The sentence to show: `msg` of a JSON line, else the text without terminal colours. */
  readonly message: string;
  /** Fields of a JSON line, flattened with `.`; empty for other lines. */
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Labels of the stream with structured metadata. */
  readonly labels: Readonly<Record<string, string>>;
  readonly json: boolean;
}

export type FieldValue = string | number | boolean | null;

export type Level = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "unknown";

export const levels: readonly Level[] = ["fatal", "error", "warn", "info", "debug", "trace", "unknown"];

/** Beyond this a message is cut in the list; the detail shows all of it. */
const maxMessageLength = 2000;

/** Read an entry. Its text is looked into only once something of it is shown: of a live tail's lines few ever are. */
export function readLine(ns: string, text: string, labels: Readonly<Record<string, string>>): LogLine {
  return new ReadLine(ns, text, labels);
}

class ReadLine implements LogLine {
  readonly id: string;
  readonly ns: string;
  readonly timeMs: number;
  readonly text: string;
  readonly labels: Readonly<Record<string, string>>;
  #parsed: Readonly<Record<string, FieldValue>> | "none" | undefined;
  #message: string | undefined;

  constructor(ns: string, text: string, labels: Readonly<Record<string, string>>) {
    this.id = `${ns} ${labels["service_name"] ?? ""} ${text.length} ${text.slice(-24)}`;
    this.ns = ns;
    this.timeMs = Number(ns.slice(0, -6));
    this.text = text;
    this.labels = labels;
  }

  get fields(): Readonly<Record<string, FieldValue>> {
    return this.#read ?? {};
  }

  get json(): boolean {
    return this.#read !== undefined;
  }

  get level(): Level {
    const { fields, labels } = this;
    return readLevel(fields["level"] ?? fields["severity"] ?? labels["level"] ?? labels["detected_level"]);
  }

  get message(): string {
    this.#message ??= cut(messageOf(this.text, this.#read));
    return this.#message;
  }

  get #read(): Readonly<Record<string, FieldValue>> | undefined {
    this.#parsed ??= parseFields(this.text) ?? "none";
    return this.#parsed === "none" ? undefined : this.#parsed;
  }
}

function cut(message: string): string {
  return message.length > maxMessageLength ? `${message.slice(0, maxMessageLength)}…` : message;
}

export function readStreams(streams: readonly StreamResult[]): readonly LogLine[] {
  return streams.flatMap(({ stream, values }) => values.map(([ns, line]) => readLine(ns, line, stream)));
}

/** A field by name, wherever it is: in the line, else among the labels. */
export function fieldOf(line: LogLine, name: string): FieldValue | undefined {
  return line.fields[name] ?? line.labels[name];
}

function messageOf(text: string, fields: Readonly<Record<string, FieldValue>> | undefined): string {
  const said = fields?.["msg"] ?? fields?.["message"];
  const whole = said === undefined || said === null || said === "" ? text : String(said);
  return visibleText(whole.slice(0, maxMessageLength * 2));
}

function parseFields(text: string): Readonly<Record<string, FieldValue>> | undefined {
  if (!text.startsWith("{") && !text.trimStart().startsWith("{")) return undefined;
  try {
    const flat: Record<string, FieldValue> = {};
    flatten(JSON.parse(text), "", flat);
    return flat;
  } catch {
    return undefined;
  }
}

function flatten(value: unknown, path: string, into: Record<string, FieldValue>): void {
  if (typeof value !== "object" || value === null) {
    into[path] = value as FieldValue;
    return;
  }
  if (Array.isArray(value)) {
    into[path] = JSON.stringify(value);
    return;
  }
  for (const [key, inner] of Object.entries(value))
    flatten(inner, path === "" ? key : `${path}.${key}`, into);
}

const numericLevels: readonly (readonly [number, Level])[] = [
  [60, "fatal"],
  [50, "error"],
  [40, "warn"],
  [30, "info"],
  [20, "debug"],
  [10, "trace"],
];

function readLevel(value: FieldValue | undefined): Level {
  if (typeof value === "number") return numericLevels.find(([least]) => value >= least)?.[1] ?? "unknown";
  const text = String(value ?? "").toLowerCase();
  if (text === "warning") return "warn";
  if (text === "critical" || text === "emerg" || text === "panic") return "fatal";
  if (text === "err") return "error";
  return levels.find((level) => level === text) ?? "unknown";
}
