import type { PushStream, PushValue } from "../../logql/index.ts";
import type { ScannedLine } from "./line-scanner.ts";

/**
 * Sorts lines into streams, as a collector would: by the file, the service that wrote the line, and the labels given on
 * the command line. A line that names no service belongs to the one before it: a crash trace is the service's own.
 */
export class StreamSorter {
  readonly #labels: Readonly<Record<string, string>>;
  #service = "unknown_service";
  #streams: Map<string, { stream: Record<string, string>; values: PushValue[] }> = new Map();
  #count = 0;

  constructor(labels: Readonly<Record<string, string>>) {
    this.#labels = labels;
  }

  get count(): number {
    return this.#count;
  }

  add({ text, ms, subNs }: ScannedLine, file: string): void {
    this.#service = serviceOf(text) ?? this.#service;
    const key = `${this.#service}\u0000${file}`;
    let stream = this.#streams.get(key);
    if (!stream) {
      stream = { stream: { service_name: this.#service, filename: file, ...this.#labels }, values: [] };
      this.#streams.set(key, stream);
    }
    stream.values.push([`${ms}${String(subNs).padStart(6, "0")}`, text]);
    this.#count++;
  }

  /** What was added since the last time, as a push. */
  take(): PushStream[] {
    const streams = [...this.#streams.values()];
    this.#streams = new Map();
    this.#count = 0;
    return streams;
  }
}

const key = '"service_name":"';

function serviceOf(line: string): string | undefined {
  const at = line.startsWith("{") ? line.indexOf(key) : -1;
  if (at < 0) return undefined;
  const end = line.indexOf('"', at + key.length);
  const name = line.slice(at + key.length, end);
  return end < 0 || name === "" || name.includes("\\") ? undefined : name;
}
