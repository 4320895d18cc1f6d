import { describe, expect, it } from "vitest";
import { matchLinear } from "../../src/logql/regex/linear.ts";
import { LinearTester } from "../../src/logql/regex/linear-test.ts";
import { parseRegex } from "../../src/logql/regex/parse-regex.ts";
import { compileProgram } from "../../src/logql/regex/program.ts";
import { compileRe2 } from "../../src/logql/regex/re2.ts";
import { RegexSyntaxError } from "../../src/logql/regex/syntax.ts";

describe("RE2 syntax", () => {
  it.each([
    ["(?P<x>a+)", "caab", "aa"],
    ["(?<x>a+)", "caab", "aa"],
    ["(?i:AB)c", "xabc", "abc"],
    ["a(?i)b(?-i)c", "aBc", "aBc"],
    ["\\pL+", "12é3", "é"],
    ["\\p{Greek}", "aβ", "β"],
    ["[[:alpha:]]+", "12ab", "ab"],
    ["[[:^digit:]]+", "12ab", "ab"],
    ["\\Qa.b\\E+", "a.bb", "a.bb"],
    ["b\\z", "ab", "b"],
    ["(?m)^b$", "a\nb\nc", "b"],
    ["^b", "a\nb", undefined],
    ["a$", "a\nb", undefined],
    ["a.c", "a\nc", undefined],
    ["(?s)a.c", "a\nc", "a\nc"],
    ["(?U)a+", "aaa", "a"],
    ["(?U)a+?", "aaa", "aaa"],
    ["x{2,3}", "xxxx", "xxx"],
    ["x{,3}", "x{,3}", "x{,3}"],
    ["\\x41\\x{1F600}", "A😀", "A😀"],
    ["[^\\x00-\\x7F]", "a😀", "😀"],
    ["\\bfoo\\b", "a foo b", "foo"],
    ["\\s+", "a\u00a0 b", " "],
    ["[a\\]]+", "]a", "]a"],
    ["[]a]+", "]a", "]a"],
    ["a|b|", "c", ""],
    ["\\101", "A", "A"],
    ["[\\d-z]+", "1-z", "1-z"],
  ])("%s on %j", (pattern, text, found) => {
    expect(compileRe2(pattern).exec(text)?.groups[0]).toBe(found);
    expect(linear(pattern, text)).toBe(found);
  });

  it.each([
    "(?=x)",
    "(?<=x)",
    "(?!x)",
    "\\1",
    "a**",
    "a{2}{3}",
    "*a",
    "(a",
    "a)",
    "[a",
    "a{1001}",
    "(a{100}){100}",
    "x{3,2}",
    "\\Z",
    "\\C",
    "\\8",
    "[z-a]",
    "(?P<a>.)(?P<a>.)",
    "(?P<a-b>.)",
    "\\pX",
    "[[:nope:]]",
    "a\\",
  ])("refuses %s", (pattern) => {
    expect(() => compileRe2(pattern)).toThrow(RegexSyntaxError);
  });
});

describe("matching", () => {
  it("keeps what a group of a repetition last held, where JavaScript forgets it", () => {
    expect(compileRe2("(?:(a)|(b))*").exec("ba")?.groups).toEqual(["ba", "a", "b"]);
  });

  it("anchors the whole pattern, alternatives included", () => {
    const regex = compileRe2("a|ab", { anchored: true });
    expect([regex.test("a"), regex.test("ab"), regex.test("abc"), regex.test("xa")]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it("prefers the leftmost match, and of those the first alternative", () => {
    expect(compileRe2("(?:a|ab)(?:c|bcd)?").exec("xabcd")?.groups[0]).toBe("abcd");
    expect(linear("(?:a|ab)(?:c|bcd)?", "xabcd")).toBe("abcd");
  });

  it.each([
    "(a+)+$",
    "(a*)*b",
    "(a|a)*b",
    "(a|ab|b)*c",
    "(.*)*x",
    "(?:a?){30}a{30}b",
    "(\\w+\\s?)+$",
    "(x+x+)+y",
    "a*a*a*a*a*a*b",
  ])("%s can't hang", (pattern) => {
    const text = `${"a".repeat(5000)}!`;
    expect(compileRe2(pattern).test(text)).toBe(false);
  });

  it("gives the same as V8 on patterns and texts at random", () => {
    const pieces = [
      "a",
      "b",
      "[ab]",
      ".",
      "a*",
      "b+?",
      "(a|b)",
      "(ab)?",
      "^",
      "$",
      "\\b",
      "(?:a|b)*",
      "a{1,2}",
      "|",
    ];
    let state = 7;
    const next = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state >> 8) % below;
    };
    for (let i = 0; i < 3000; i++) {
      const pattern = Array.from({ length: 1 + next(5) }, () => pieces[next(pieces.length)] ?? "").join("");
      const text = Array.from({ length: next(8) }, () => "ab c".charAt(next(4))).join("");
      if (/[*+?}]{1}[*+?{]/.test(pattern.replace("+?", "+"))) continue;
      const expected = new RegExp(pattern, "u").exec(text)?.[0];
      expect(linear(pattern, text), `${pattern} on ${JSON.stringify(text)}`).toBe(expected);
      const tester = new LinearTester(compileProgram(parseRegex(pattern, false).root));
      expect(tester.test(text), `${pattern} on ${JSON.stringify(text)}`).toBe(expected !== undefined);
    }
  });
});

function linear(pattern: string, text: string): string | undefined {
  const slots = matchLinear(compileProgram(parseRegex(pattern, false).root), text, 0);
  return slots && text.slice(slots[0], slots[1]);
}
