import type { PushStream, PushValue } from "../../logql/index.ts";
import { parseStreamLabels } from "./parse-stream-labels.ts";
import { protobufFields } from "./protobuf-reader.ts";
import { uncompressSnappy } from "./uncompress-snappy.ts";

/** Read Loki's push request as collectors send it: protobuf, compressed by snappy. @throws IngestError */
export function parsePushProtobuf(body: Buffer, maxBytes: number): PushStream[] {
  const streams: PushStream[] = [];
  for (const { number, bytes } of protobufFields(uncompressSnappy(body, maxBytes)))
    if (number === 1) streams.push(streamOf(bytes));
  return streams;
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
