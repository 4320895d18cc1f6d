import { createRequire } from "node:module";
import type { PushStream, PushValue } from "../../logql/index.ts";
import { IngestError } from "./ingest-error.ts";
import { parseStreamLabels } from "./parse-stream-labels.ts";
import { protobufFields } from "./protobuf-reader.ts";

/** Read Loki's push request as collectors send it: protobuf, compressed by snappy. @throws IngestError */
export function parsePushProtobuf(body: Buffer, maxBytes: number): PushStream[] {
  const streams: PushStream[] = [];
  for (const { number, bytes } of protobufFields(unsnap(body, maxBytes)))
    if (number === 1) streams.push(streamOf(bytes));
  return streams;
}

// Of the package, the one function that is used.
interface Snappy {
  uncompress(compressed: Buffer, maxLength: number): Buffer;
}

function unsnap(body: Buffer, maxBytes: number): Buffer {
  // CommonJS without types, and only loaded by who pushes so.
  const { uncompress } = createRequire(import.meta.url)("snappyjs") as Snappy;
  try {
    return uncompress(body, maxBytes);
  } catch (cause) {
    if (String(cause).includes("too big")) throw new IngestError(`message is larger than ${maxBytes} bytes`);
    throw new IngestError("snappy: corrupt input");
  }
}

function streamOf(message: Buffer): PushStream {
  let labels = "{}";
  const values: PushValue[] = [];
  for (const { number, bytes } of protobufFields(message)) {
    if (number === 1) labels = bytes.toString();
    else if (number === 2) values.push(entryOf(bytes));
  }
  return { stream: parseStreamLabels(labels), values };
}

function entryOf(message: Buffer): PushValue {
  let time = 0n;
  let line = "";
  const metadata: Record<string, string> = {};
  for (const { number, bytes } of protobufFields(message)) {
    if (number === 1) time = timestampOf(bytes);
    else if (number === 2) line = bytes.toString();
    else if (number === 3) Object.assign(metadata, pairOf(bytes));
  }
  return [time, line, metadata];
}

function timestampOf(message: Buffer): bigint {
  let time = 0n;
  for (const { number, integer } of protobufFields(message))
    time += number === 1 ? BigInt.asIntN(64, integer) * 1_000_000_000n : integer;
  return time;
}

function pairOf(message: Buffer): Record<string, string> {
  const texts = ["", ""];
  for (const { number, bytes } of protobufFields(message)) texts[number - 1] = bytes.toString();
  const [name = "", value = ""] = texts;
  return { [name]: value };
}
