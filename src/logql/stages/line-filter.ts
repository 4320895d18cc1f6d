import { findsAddress, parseIpMatcher } from "../match/ip-matcher.ts";
import type { Profile } from "../profile.ts";
import { compileRe2 } from "../regex/re2.ts";
import type { LineFilter, LineFilterValue } from "../syntax/ast.ts";
import { patternTest } from "./pattern.ts";
import type { StageRunner } from "./stage-runner.ts";

/** A line filter: any of its alternatives must hold, or for the negated operators, none may. */
export function lineFilterStage(filter: LineFilter, profile: Profile): StageRunner {
  const tests = wanted(filter).map((value) => lineTest(filter, value, profile));
  const negated = filter.operator.startsWith("!");
  const [only] = tests;
  if (tests.length === 1 && only) return negated ? (entry) => !only(entry.line) : (entry) => only(entry.line);
  return (entry) => tests.some((test) => test(entry.line)) !== negated;
}

// Among alternatives, one that any line meets is left out: Loki takes it for no filter at all.
function wanted({ operator, values }: LineFilter): readonly LineFilterValue[] {
  const trivial = trivialTexts.get(operator);
  const rest = values.filter(({ text, ip }) => ip || !trivial?.has(text));
  return rest.length === 0 ? values : rest;
}

const trivialTexts: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["|=", new Set([""])],
  ["|~", new Set(["", ".*", "(.*)"])],
]);

function lineTest(filter: LineFilter, value: LineFilterValue, profile: Profile): (line: string) => boolean {
  const { operator, values } = filter;
  if (operator === "|>" || operator === "!>") return patternTest(value.text);
  if (operator === "|~" || operator === "!~") {
    const text = profile.lineFilterFoldsByLowerCase ? foldedText(value.text) : undefined;
    if (text !== undefined) return (line) => line.toLowerCase().includes(text);
    const regex = compileRe2(value.text, { dotAll: profile.lineFilterDotMatchesNewline });
    return (line) => regex.test(line);
  }
  const matcher =
    value.ip && !(profile.ipInOrChainIsText && values.length > 1) ? parseIpMatcher(value.text) : undefined;
  return matcher ? (line) => findsAddress(matcher, line) : (line) => line.includes(value.text);
}

// The lower-case text of a pattern that is `(?i)` and plain text.
function foldedText(pattern: string): string | undefined {
  const text = /^\(\?i\)([^\\^$.*+?()[\]{}|]+)$/.exec(pattern)?.[1];
  return text?.toLowerCase();
}
