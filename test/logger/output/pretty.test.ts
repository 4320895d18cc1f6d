import { describe, expect, it } from "vitest";
import { createTaffrail } from "../../../src/index.ts";

function printed(write: (log: ReturnType<typeof createTaffrail>["log"]) => void): string {
  let text = "";
  const destination = {
    write: (line: string) => {
      text += line;
    },
  };
  write(createTaffrail({ preset: "test", log: { format: "pretty", destination } }).log);
  return text;
}

describe("text for people", () => {
  it("shows level, message and fields on one line", () => {
    const text = printed((log) => log.warn({ order_id: 7 }, "order is late"));
    expect(text).toMatch(/WARN.*order is late.*"order_id":7/);
    expect(text.trimEnd().split("\n")).toHaveLength(1);
  });

  it("spells out what a terminal would obey, in messages, fields, keys and stacks", () => {
    const evil = "\u001b[2J\u001b]0;owned\u0007\u009b31m\r\n[12:00:00] ERROR: forged\u202e";
    const error = Object.assign(new Error(evil), { stack: `Error: ${evil}\n    at ${evil} (file.js:1:1)` });
    const text = printed((log) =>
      log.error({ err: error, field: evil, [evil]: 1, deep: [{ a: evil }] }, evil),
    );
    for (const row of text.split("\n")) {
      // oxlint-disable-next-line no-control-regex -- that is the point
      expect(row).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
      expect(row).not.toMatch(/^\[12:00:00\] ERROR: forged/);
    }
    expect(text).toContain("\\u001b[2J");
  });

  it("prints a stack trace below its line", () => {
    const text = printed((log) => log.error(new Error("lost at sea")));
    expect(text).toMatch(/lost at sea[^\n]*\n {4}Error: lost at sea\n {4}at /);
  });
});
