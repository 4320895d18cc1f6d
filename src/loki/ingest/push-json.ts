import type { PushStream, PushValue } from "../../logql/index.ts";
import { IngestError } from "./ingest-error.ts";

/** Read Loki's push request in JSON. @throws IngestError that says what is wrong, and where. */
export function parsePushJson(body: Buffer): PushStream[] {
  const streams = member(parse(body), "streams");
  if (streams === undefined) return [];
  if (!Array.isArray(streams)) throw new IngestError("streams: expected an array");
  return streams.map((stream, i) => streamOf(stream, `streams[${i}]`));
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (cause) {
    throw new IngestError(`the body is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function streamOf(value: unknown, where: string): PushStream {
  const stream = member(value, "stream") ?? {};
  const values = member(value, "values") ?? [];
  if (!isTexts(stream)) throw new IngestError(`${where}.stream: expected an object of strings`);
  if (!Array.isArray(values)) throw new IngestError(`${where}.values: expected an array`);
  for (const name of Object.keys(stream)) {
    if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name))
      throw new IngestError(`couldn't parse labels: ${JSON.stringify(name)} is no name of a label`);
  }
  return { stream, values: values.map((entry, i) => entryOf(entry, `${where}.values[${i}]`)) };
}

function entryOf(value: unknown, where: string): PushValue {
  const [time, line, metadata = {}] = Array.isArray(value) ? value : [];
  if (typeof time !== "string" || !/^\d+$/.test(time))
    throw new IngestError(`${where}: the time must be nanoseconds, as a string of digits`);
  if (typeof line !== "string") throw new IngestError(`${where}: the line must be a string`);
  if (!isTexts(metadata)) throw new IngestError(`${where}: structured metadata must be an object of strings`);
  return [time, line, metadata];
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new IngestError("expected an object with streams, each with stream and values");
  return (value as Readonly<Record<string, unknown>>)[key];
}

function isTexts(value: unknown): value is Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((text) => typeof text === "string");
}
