import { describe, expect, it } from "vitest";
import { LineScanner, type ScannedLine } from "../../src/cli/query/line-scanner.ts";

const text = [
  '{"time":"2026-11-22T10:00:00.000Z","msg":"a"}',
  '{"time":"2026-11-22T10:00:00.000Z","msg":"b needle ü"}',
  "    at needle.js:1",
  "2026-11-22T10:00:01.5+01:00 plain needle",
  "",
  '{"level":"info","time": 1795341602000,"msg":"needle needle"}\r',
  '{"@timestamp":"2026-11-22T10:00:03.000000123Z","msg":"c"}',
  '{"time":"not a time","msg":"needle d"}',
  "no newline at the end, needle",
].join("\n");

const bytes = Buffer.from(text);
const base = Date.parse("2026-11-22T10:00:00Z");

/** Scan the text in pieces of a size. */
function scan(size: number, needle?: string, window?: { fromMs: number; toMs: number }): ScannedLine[] {
  const found: ScannedLine[] = [];
  const scanner = new LineScanner({
    needle: needle === undefined ? undefined : Buffer.from(needle),
    firstMs: 0,
    fromMs: window?.fromMs ?? -Infinity,
    toMs: window?.toMs ?? Infinity,
    visit: (line) => {
      found.push(line);
    },
  });
  for (let at = 0; at < bytes.length; at += size) scanner.feed(bytes.subarray(at, at + size));
  scanner.end();
  return found;
}

describe("lines cut from blocks of bytes", () => {
  const whole = scan(bytes.length);

  it("have the time they bear, or that of the line before, and an order within it", () => {
    expect(whole.map(({ ms, subNs }) => [ms - base, subNs])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1500 - 3_600_000, 0],
      [2000, 0],
      [3000, 123],
      [3000, 124],
      [3000, 125],
    ]);
  });

  it("lose a carriage return, keep every character, and leave out empty lines", () => {
    expect(whole.map((line) => line.text)).toEqual(
      text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => line.replace("\r", "")),
    );
  });

  it("are the same whatever the size of the blocks", () => {
    for (let size = 1; size < 200; size++) expect(scan(size)).toEqual(whole);
  });

  it("with a needle are those that hold it, at the same times", () => {
    const expected = whole.filter((line) => line.text.includes("needle"));
    for (let size = 1; size < 200; size++) {
      const found = scan(size, "needle");
      expect(found.map((line) => line.text)).toEqual(expected.map((line) => line.text));
      expect(found.map((line) => line.ms)).toEqual(expected.map((line) => line.ms));
    }
  });

  it("keep to the window, both ends included", () => {
    const window = { fromMs: base, toMs: base + 2000 };
    expect(scan(64, undefined, window).map((line) => line.ms - base)).toEqual([0, 0, 0, 2000]);
  });

  it.each([
    "time=2026-11-22T10:00:07Z level=info",
    'time="2026-11-22T10:00:07Z" a=b',
    "ts=2026-11-22T10:00:07.000Z a=b",
    "t=2026-11-22T11:00:07+01:00 a=b",
  ])("have the time that Go's loggers begin with: %s", (line) => {
    const times: number[] = [];
    const visit = ({ ms }: ScannedLine): void => void times.push(ms);
    const options = { needle: undefined, firstMs: 0, fromMs: -Infinity, toMs: Infinity, visit };
    new LineScanner(options).feed(Buffer.from(`${line}\n`));
    expect(times).toEqual([base + 7000]);
  });
});
