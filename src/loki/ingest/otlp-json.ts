import { IngestError } from "./ingest-error.ts";
import type { OtlpAttributes, OtlpRecord, OtlpScope, OtlpValue } from "./otlp.ts";

type Json = Readonly<Record<string, unknown>>;

/** Read OTLP's log records in JSON. @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding @throws IngestError */
export function parseOtlpJson(body: Buffer): OtlpScope[] {
  return list(parse(body), "resourceLogs").flatMap((resourceLogs) => {
    const resource = attributesOf(object(resourceLogs["resource"]));
    return list(resourceLogs, "scopeLogs").map((scopeLogs) => {
      const scope = object(scopeLogs["scope"]);
      return {
        resource,
        name: text(scope["name"]),
        version: text(scope["version"]),
        attributes: attributesOf(scope),
        records: list(scopeLogs, "logRecords").map(recordOf),
      };
    });
  });
}

function parse(body: Buffer): Json {
  try {
    return object(JSON.parse(body.toString()));
  } catch (cause) {
    throw new IngestError(`the body is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function recordOf(record: Json): OtlpRecord {
  return {
    time: integer(record["timeUnixNano"]),
    observed: integer(record["observedTimeUnixNano"]),
    severityNumber: Number(integer(record["severityNumber"])),
    severityText: text(record["severityText"]),
    body: anyValue(object(record["body"])),
    attributes: attributesOf(record),
    flags: Number(integer(record["flags"])),
    traceId: text(record["traceId"]),
    spanId: text(record["spanId"]),
  };
}

function attributesOf(holder: Json): OtlpAttributes {
  return pairs(list(holder, "attributes"));
}

function pairs(list: readonly Json[]): Record<string, OtlpValue> {
  return Object.fromEntries(list.map((pair) => [text(pair["key"]), anyValue(object(pair["value"]))]));
}

function anyValue(value: Json): OtlpValue {
  if (value["intValue"] !== undefined) return integer(value["intValue"]);
  if (value["arrayValue"] !== undefined) return list(object(value["arrayValue"]), "values").map(anyValue);
  if (value["kvlistValue"] !== undefined) return pairs(list(object(value["kvlistValue"]), "values"));
  const plain = value["stringValue"] ?? value["boolValue"] ?? value["doubleValue"] ?? value["bytesValue"];
  return typeof plain === "string" || typeof plain === "number" || typeof plain === "boolean" ? plain : null;
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function list(holder: Json, key: string): Json[] {
  const value = holder[key];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new IngestError(`${key}: expected an array`);
  return value.map(object);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

// 64-bit numbers are strings in OTLP's JSON, or numbers where a writer did not mind.
function integer(value: unknown): bigint {
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  return typeof value === "string" && /^-?\d+$/.test(value) ? BigInt(value) : 0n;
}
