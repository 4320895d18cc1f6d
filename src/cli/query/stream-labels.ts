import { parseRecord, recordService } from "../../loki/collect/index.ts";
import type { ScannedLine } from "./line-scanner.ts";

/** The labels of a line's stream; the same object for as long as they stay the same. */
export type StreamLabels = Readonly<Record<string, string>>;

const unknown = "unknown_service";

/**
 * Says which stream a line belongs to, as a collector would: by the service that wrote it, the file, and the labels given
 * on the command line. A line that names no service belongs to the one before it: a crash trace is the service's own.
 */
export class StreamSorter {
  readonly #labels: StreamLabels;
  readonly #known: Map<string, StreamLabels> = new Map();
  #service = unknown;
  #filename = "";

  constructor(labels: StreamLabels) {
    this.#labels = labels;
  }

  streamOf({ text }: ScannedLine, filename: string): StreamLabels {
    // Another file may be another service's.
    if (filename !== this.#filename) this.#service = unknown;
    this.#filename = filename;
    this.#service = serviceOf(text) ?? this.#service;
    const id = `${this.#service}\u0000${filename}`;
    const known = this.#known.get(id);
    if (known) return known;
    const stream = { service_name: this.#service, filename, ...this.#labels };
    this.#known.set(id, stream);
    return stream;
  }
}

const key = '"service_name":"';
// Any nested object may have these names: the line is parsed to know whether they are its own.
const others = /"(?:service|name)":"/;

function serviceOf(line: string): string | undefined {
  if (!line.startsWith("{")) return undefined;
  const at = line.indexOf(key);
  if (at < 0) {
    const record = others.test(line) ? parseRecord(line) : undefined;
    return record && recordService(record);
  }
  const end = line.indexOf('"', at + key.length);
  const name = line.slice(at + key.length, end);
  return end < 0 || name === "" || name.includes("\\") ? undefined : name;
}
