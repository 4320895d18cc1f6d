import { describe, expect, it } from "vitest";
import { format, LogqlError, parse } from "../../src/logql/index.ts";
import { queries } from "./golden/compare.ts";

const valid = [...new Set(Object.values(queries).flatMap((list) => list.map(({ query }) => query)))].filter(
  parses,
);

function parses(query: string): boolean {
  try {
    parse(query);
    return true;
  } catch (error) {
    if (error instanceof LogqlError) return false;
    throw error;
  }
}

// Offsets differ, and so may the text of a number that a label filter keeps as it was written.
function shape(query: string): unknown {
  return JSON.parse(
    JSON.stringify(parse(query), (key, value) =>
      /^(?:offset|textOffset|regexOffset)$/.test(key) ? undefined : value,
    ),
  );
}

describe("format", () => {
  it("keeps the meaning of every query Loki accepts, and formats its own output the same", () => {
    expect(valid.length).toBeGreaterThan(800);
    for (const query of valid) {
      const text = format(query);
      expect(shape(text), query).toEqual(shape(query));
      expect(format(text), query).toBe(text);
    }
  });

  it.each([
    ['sum( rate({app="shop"}[60s]))by(level)', 'sum by (level) (rate({app="shop"}[1m]))'],
    [
      '{a="b",c=~`d\\d`}|="x"|json|(y>5 or z="q") and w=1',
      '{a="b", c=~"d\\\\d"} |= "x" | json | (y > 5 or z="q") and w == 1',
    ],
    ["(1+2)*3", "(1 + 2) * 3"],
    ["1+(2*3)", "1 + 2 * 3"],
    ["(2^3)^2", "(2 ^ 3) ^ 2"],
    ["2^(3^2)", "2 ^ 3 ^ 2"],
    ["1-(1-1)", "1 - (1 - 1)"],
    ["vector(1) > bool on(a) group_left(b) vector(2)", "vector(1) > bool on (a) group_left (b) vector(2)"],
    [
      'max_over_time({a="b"}|unwrap bytes(c)[90s] offset 1h30m) by (d)',
      'max_over_time({a="b"} | unwrap bytes(c) [1m30s] offset 1h30m) by (d)',
    ],
  ])("%s", (query, text) => {
    expect(format(query)).toBe(text);
  });
});
