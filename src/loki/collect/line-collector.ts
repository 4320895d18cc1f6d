import type { PushStream, PushValue } from "../../logql/index.ts";
import { parseRecord, textOf } from "./line-record.ts";
import { recordLevel } from "./record-level.ts";
import { recordService } from "./record-service.ts";
import { recordTimeMs } from "./record-time.ts";

/** Lines as they came from one source. */
export interface LineBatch {
  /** Tells sources apart; a line without a service belongs to the one that wrote before it. */
  readonly source: string;
  /** The service of lines that never name one. */
  readonly service: string;
  /** Their environment, where it is known. */
  readonly environment?: string;
  /** Whole lines, each but the last ended by a line feed. */
  readonly text: string;
  /** The time of lines that have none. */
  readonly receivedMs: number;
}

interface Owner {
  readonly service_name: string;
  readonly deployment_environment_name?: string;
}

// Longer ones are cut: Loki takes no longer ones either.
const maxLineLength = 64 * 1024;

/** Makes entries of plain lines, with the labels and the structured metadata that a collector would give them. */
export class LineCollector {
  readonly #owners: Map<string, Owner> = new Map();
  // Nanoseconds within a millisecond: they keep the order of lines, and equal lines apart.
  #sequence = 0;

  collect({ source, service, environment, text, receivedMs }: LineBatch): PushStream[] {
    const guess = ownerOf(service, environment);
    const streams = new Map<string, { stream: PushStream["stream"]; values: PushValue[] }>();
    for (const whole of text.split("\n")) {
      const line = (whole.endsWith("\r") ? whole.slice(0, -1) : whole).slice(0, maxLineLength);
      if (line.trim() === "") continue;
      const record = parseRecord(line);
      const owner = this.#ownerOf(record, source, guess);
      const level = record && recordLevel(record);
      const key = `${owner.service_name}\n${owner.deployment_environment_name}\n${level}`;
      let stream = streams.get(key);
      if (!stream) {
        stream = { stream: { ...owner, ...(level !== undefined && { level }) }, values: [] };
        streams.set(key, stream);
      }
      stream.values.push([this.#time(record, receivedMs), line, record ? metadataOf(record) : {}]);
    }
    return [...streams.values()];
  }

  #ownerOf(record: Readonly<Record<string, unknown>> | undefined, source: string, guess: Owner): Owner {
    const known = this.#owners.get(source) ?? guess;
    const name = record && recordService(record);
    if (!record || name === undefined) return known;
    const environment = textOf(record, ["deployment_environment_name"]) ?? guess.deployment_environment_name;
    if (name === known.service_name && environment === known.deployment_environment_name) return known;
    const owner = ownerOf(name, environment);
    this.#owners.set(source, owner);
    return owner;
  }

  #time(record: Readonly<Record<string, unknown>> | undefined, receivedMs: number): string {
    const ms = (record && recordTimeMs(record)) ?? receivedMs;
    this.#sequence = (this.#sequence + 1) % 1_000_000;
    return `${ms}${String(this.#sequence).padStart(6, "0")}`;
  }
}

function ownerOf(service: string, environment: string | undefined): Owner {
  return {
    service_name: service,
    ...(environment !== undefined && { deployment_environment_name: environment }),
  };
}

const metadataNames: readonly (readonly [string, readonly string[]])[] = [
  ["trace_id", ["trace_id", "traceId"]],
  ["span_id", ["span_id", "spanId"]],
  ["request_id", ["request_id", "requestId", "reqId"]],
];

function metadataOf(record: Readonly<Record<string, unknown>>): Record<string, string> {
  const metadata: Record<string, string> = {};
  for (const [name, sources] of metadataNames) {
    const value = textOf(record, sources);
    if (value !== undefined) metadata[name] = value;
  }
  return metadata;
}
