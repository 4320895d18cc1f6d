import { describe, expect, it } from "vitest";
import { readLine } from "../../../console/logs/line.ts";
import { mergeLines } from "../../../console/logs/merge-lines.ts";

const line = (ms: number, text = `line ${ms}`) => readLine(`${1_700_000_000_000 + ms}000000`, text, {});
const texts = (lines: readonly { readonly text: string }[]): string[] => lines.map(({ text }) => text);

describe("lines that come", () => {
  it("go behind those that are there, and the oldest go", () => {
    const merged = mergeLines([line(1), line(2)], [line(4), line(3)], 3);
    expect(texts(merged)).toEqual(["line 2", "line 3", "line 4"]);
  });

  it("stand once, where the query had them already, and among those of their time", () => {
    const before = [line(1), line(3), line(5), line(5, "other")];
    const merged = mergeLines(before, [line(5), line(4), line(3), line(6)], 10);
    expect(texts(merged)).toEqual(["line 1", "line 3", "line 4", "line 5", "other", "line 6"]);
  });

  it("may be none, and may be the first", () => {
    expect(texts(mergeLines([line(1), line(2)], [], 1))).toEqual(["line 2"]);
    expect(texts(mergeLines([], [line(2), line(1)], 5))).toEqual(["line 1", "line 2"]);
  });

  it("may all be older", () => {
    expect(texts(mergeLines([line(8), line(9)], [line(1)], 5))).toEqual(["line 1", "line 8", "line 9"]);
  });
});
