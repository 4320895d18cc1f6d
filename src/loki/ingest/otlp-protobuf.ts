import type { OtlpAttributes, OtlpRecord, OtlpScope, OtlpValue } from "./otlp.ts";
import { type ProtobufField, protobufFields } from "./protobuf-reader.ts";

/**
 * Read OTLP's log records in protobuf.
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/logs/v1/logs.proto
 * @throws IngestError
 */
export function parseOtlpProtobuf(body: Buffer): OtlpScope[] {
  return messages(body, 1).flatMap((resourceLogs) => {
    const resource = attributesIn(messages(resourceLogs, 1).at(-1), 1);
    return messages(resourceLogs, 2).map((scopeLogs) => {
      const scope = messages(scopeLogs, 1).at(-1);
      return {
        resource,
        name: textIn(scope, 1),
        version: textIn(scope, 2),
        attributes: attributesIn(scope, 3),
        records: messages(scopeLogs, 2).map(recordOf),
      };
    });
  });
}

function recordOf(message: Buffer): OtlpRecord {
  const fields = [...protobufFields(message)];
  const last = (number: number): ProtobufField | undefined =>
    fields.findLast((field) => field.number === number);
  return {
    time: last(1)?.integer ?? 0n,
    observed: last(11)?.integer ?? 0n,
    severityNumber: Number(last(2)?.integer ?? 0n),
    severityText: last(3)?.bytes.toString() ?? "",
    body: anyValue(last(5)?.bytes),
    attributes: pairs(fields.filter(({ number }) => number === 6)),
    flags: Number(last(8)?.integer ?? 0n),
    traceId: last(9)?.bytes.toString("hex") ?? "",
    spanId: last(10)?.bytes.toString("hex") ?? "",
  };
}

function anyValue(message: Buffer | undefined): OtlpValue {
  let value: OtlpValue = null;
  for (const { number, integer, bytes } of protobufFields(message ?? Buffer.alloc(0))) {
    if (number === 1) value = bytes.toString();
    else if (number === 2) value = integer !== 0n;
    else if (number === 3) value = BigInt.asIntN(64, integer);
    else if (number === 4) value = doubleOf(integer);
    else if (number === 5) value = messages(bytes, 1).map(anyValue);
    else if (number === 6) value = attributesIn(bytes, 1);
    else if (number === 7) value = bytes.toString("base64");
  }
  return value;
}

function doubleOf(bits: bigint): number {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(bits);
  return bytes.readDoubleLE();
}

function messages(message: Buffer, wanted: number): Buffer[] {
  const found: Buffer[] = [];
  for (const { number, bytes } of protobufFields(message)) if (number === wanted) found.push(bytes);
  return found;
}

function textIn(message: Buffer | undefined, wanted: number): string {
  return (message && messages(message, wanted).at(-1)?.toString()) ?? "";
}

function attributesIn(message: Buffer | undefined, wanted: number): OtlpAttributes {
  return message ? pairs([...protobufFields(message)].filter(({ number }) => number === wanted)) : {};
}

function pairs(fields: readonly ProtobufField[]): OtlpAttributes {
  return Object.fromEntries(
    fields.map(({ bytes }) => [textIn(bytes, 1), anyValue(messages(bytes, 2).at(-1))]),
  );
}
