import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { sparkline, squeeze } from "../../src/cli/query/sparkline.ts";
import { format } from "../../src/logql/index.ts";
import {
  expandGlob,
  formatDurationMs,
  labelText,
  layout,
  parseDurationMs,
  parseLabelText,
} from "../../src/rules/index.ts";
import { folder } from "../support/cli.ts";

describe("durations", () => {
  it.each([
    ["0", 0],
    ["30s", 30_000],
    ["1h30m", 5_400_000],
    ["1d", 86_400_000],
    ["1y2w3d4h5m6s7ms", 365 * 86_400_000 + 17 * 86_400_000 + 4 * 3_600_000 + 306_007],
  ])("%s is %d ms", (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
    expect(parseDurationMs(formatDurationMs(ms))).toBe(ms);
  });

  it.each(["", "5", "1m1h", "1.5h", "-1m", "1 m", "m"])("%j is none", (text) => {
    expect(parseDurationMs(text)).toBeUndefined();
  });
});

describe("labels as text", () => {
  it.each([
    ["{}", {}],
    ["{a=\"b\", c='d', e=`f`}", { a: "b", c: "d", e: "f" }],
    ['{a="q\\"x\\n\\u00e9\\x41",}', { a: 'q"x\né' + "A" }],
    ['up{a="b"}', { __name__: "up", a: "b" }],
    ["up", { __name__: "up" }],
  ])("%s", (text, labels) => {
    expect(parseLabelText(text)).toEqual(labels);
  });

  it.each(['{a=~"b"}', "{a=b}", '{a="b" c="d"}', '{a="b", a="c"}', '{a="\\z"}', "a b"])(
    "%s is refused",
    (text) => {
      expect(parseLabelText(text)).toBeTypeOf("string");
    },
  );

  it("are written in order", () => {
    expect(labelText({ b: "2", a: 'x"y' })).toBe('{a="x\\"y", b="2"}');
  });
});

describe("patterns of file names", () => {
  const root = folder();
  mkdirSync(join(root, "a/b"), { recursive: true });
  for (const name of ["one.yml", "two.yml", ".hidden.yml", "x[1].txt", "a/three.yml", "a/b/four.yml"])
    writeFileSync(join(root, name), "");
  const found = (pattern: string): string[] =>
    expandGlob(join(root, pattern)).map((path) => relative(root, path));

  it.each([
    ["*.yml", ["one.yml", "two.yml"]],
    ["*/*.yml", ["a/three.yml"]],
    ["?wo.yml", ["two.yml"]],
    ["[!o]*.yml", ["two.yml"]],
    [".*.yml", [".hidden.yml"]],
    ["a/b/four.yml", ["a/b/four.yml"]],
    ["none*.yml", []],
    ["one.yml/*", []],
  ])("%s", (pattern, expected) => {
    expect(found(pattern)).toEqual(expected);
  });
});

describe("sparklines", () => {
  it("scale from zero to the greatest, and leave gaps", () => {
    expect(sparkline([0, 1, 2, 4, undefined, 8])).toBe("▁▂▃▅ █");
    expect(sparkline([-4, 0, 4])).toBe("▁▅█");
    expect(sparkline([0, 0])).toBe("▁▁");
    expect(sparkline([Infinity, Number.NaN, 1])).toBe("█ █");
  });

  it("keep the greatest of each part when there is no room for all", () => {
    expect(squeeze([1, 9, undefined, undefined, 3, 2], 3)).toEqual([9, undefined, 3]);
  });
});

describe("a query laid out in lines", () => {
  const long =
    '{service_name="shop"} |= "a needle that is rather long, so that no line holds the whole of it" | json';
  it.each([
    long,
    `sum by (a) (rate(${long} [5m] offset 1h)) / on (a) group_left (b) sum by (a) (rate(${long} [5m]))`,
    `label_replace(topk(5, quantile_over_time(0.99, ${long} | unwrap x [5m]) by (a)), "a", "$1", "b", "(.*)")`,
    `(sum(rate(${long} [5m])) + 1) * (2 - sum(rate(${long} [1m])))`,
    `sum(rate(${long} [5m])) > bool 5 or vector(0)`,
  ])("says the same: %s", (query) => {
    const text = layout(query);
    expect(text).toContain("\n");
    expect(format(text)).toBe(format(query));
    expect(layout(text)).toBe(text);
  });
});
