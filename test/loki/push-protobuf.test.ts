import { createRequire } from "node:module";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ask } from "../support/client.ts";
import { getJson, type ServedStore, serveStore } from "./serve-store.ts";

const { compress } = createRequire(import.meta.url)("snappyjs") as { compress(bytes: Buffer): Buffer };
let store: ServedStore;

beforeEach(async () => {
  store = await serveStore();
});

afterEach(() => store.close());

// Written by hand after the two messages' definitions, so that writer and reader share nothing.
function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

function bytesField(number: number, body: Buffer | string): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

function varintField(number: number, value: number): Buffer {
  return Buffer.concat([varint(number * 8), varint(value)]);
}

function fixed64Field(number: number, value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return Buffer.concat([varint(number * 8 + 1), bytes]);
}

function text(value: string): Buffer {
  return bytesField(1, value);
}

function keyValue(key: string, value: Buffer): Buffer {
  return Buffer.concat([bytesField(1, key), bytesField(2, value)]);
}

async function post(path: string, body: Buffer): Promise<{ status: number; text: string }> {
  const headers = { "content-type": "application/x-protobuf" };
  return ask(`${store.url}${path}`, { method: "POST", headers, body });
}

it("takes Loki's push request in protobuf, compressed by snappy", async () => {
  const seconds = Math.floor(Date.now() / 1000) - 5;
  const entry = Buffer.concat([
    bytesField(1, Buffer.concat([varintField(1, seconds), varintField(2, 123_456_789)])),
    bytesField(2, "a line of protobuf, größer"),
    bytesField(3, Buffer.concat([bytesField(1, "trace_id"), bytesField(2, "t1")])),
  ]);
  const stream = Buffer.concat([bytesField(1, '{app="shop", quoted="a\\"b"}'), bytesField(2, entry)]);
  const body = compress(bytesField(1, stream));
  expect((await post("/loki/api/v1/push", body)).status).toBe(204);
  const { data } = await getJson(store.url, "/loki/api/v1/query_range", { query: '{app="shop"}' });
  expect(data.result).toEqual([
    {
      stream: { app: "shop", detected_level: "unknown", quoted: 'a"b', service_name: "shop", trace_id: "t1" },
      values: [[`${seconds}123456789`, "a line of protobuf, größer"]],
    },
  ]);
});

it("refuses what is no snappy, no protobuf, or unpacks to too much", async () => {
  expect(await post("/loki/api/v1/push", Buffer.from("not snappy"))).toMatchObject({ status: 400 });
  const cut = compress(bytesField(1, "x".repeat(100)).subarray(0, 50));
  expect(await post("/loki/api/v1/push", cut)).toMatchObject({
    status: 400,
    text: "protobuf: a field ends after its message\n",
  });
  const huge = compress(Buffer.alloc(65 * 1024 * 1024));
  expect(await post("/loki/api/v1/push", huge)).toMatchObject({
    status: 400,
    text: `message is larger than ${64 * 1024 * 1024} bytes\n`,
  });
});

it("takes OTLP in protobuf", async () => {
  const record = Buffer.concat([
    fixed64Field(1, BigInt(Date.now()) * 1_000_000n),
    varintField(2, 13),
    bytesField(3, "WARN"),
    bytesField(5, text("late")),
    bytesField(6, keyValue("order.id", varintField(3, 7))),
    bytesField(6, keyValue("nested", bytesField(6, bytesField(1, keyValue("a", varintField(2, 1)))))),
    bytesField(9, Buffer.from("4bf92f3577b34da6a3ce929d0e0e4736", "hex")),
  ]);
  const scopeLogs = Buffer.concat([bytesField(1, bytesField(1, "lib")), bytesField(2, record)]);
  const resource = bytesField(1, keyValue("service.name", text("shop")));
  const body = bytesField(1, Buffer.concat([bytesField(1, resource), bytesField(2, scopeLogs)]));
  expect((await post("/otlp/v1/logs", body)).status).toBe(204);
  const { data } = await getJson(store.url, "/loki/api/v1/query_range", { query: '{service_name="shop"}' });
  expect(data.result[0].stream).toEqual({
    detected_level: "warn",
    nested_a: "true",
    order_id: "7",
    scope_name: "lib",
    service_name: "shop",
    severity_number: "13",
    severity_text: "WARN",
    trace_id: "4bf92f3577b34da6a3ce929d0e0e4736",
  });
  expect(data.result[0].values[0][1]).toBe("late");
});
