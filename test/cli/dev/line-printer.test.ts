import { describe, expect, it } from "vitest";
import { linePrinter } from "../../../src/cli/dev/line-printer.ts";

const print = linePrinter(false);
const time = new Date(2026, 10, 22, 10, 0, 0, 5).toISOString();

describe("a line for people", () => {
  it.each([
    [
      { level: "info", time, service_name: "shop", msg: "up", port: 80 },
      "10:00:00.005 INFO  shop up port=80",
    ],
    [{ level: 50, time: Date.parse(time), name: "pay", msg: "no" }, "10:00:00.005 ERROR pay no"],
    [
      { level: "warn", message: "slow", service: "cart", timestamp: time, ms: 9 },
      "10:00:00.005 WARN  cart slow ms=9",
    ],
    [{ level: "info", message: "hi", msg: "own", time }, "10:00:00.005 INFO  own message=hi"],
  ])("is made of %j", (record, text) => {
    expect(print(JSON.stringify(record))).toBe(text);
  });

  it.each([
    '{"level":"info"}',
    '{"level":"info","message":7}',
    '{"message":"no level"}',
    '{"level":',
    "plain",
    "null",
    "[1]",
  ])("is the line itself where it has no message or level: %s", (line) => {
    expect(print(line)).toBe(line);
  });
});
