import { findsAddress, parseIpMatcher } from "../match/ip-matcher.ts";
import { isEmptyPattern } from "../match/label-pattern.ts";
import type { Profile } from "../profile.ts";
import { compileRe2 } from "../regex/re2.ts";
import type { LineFilter, LineFilterValue } from "../syntax/ast.ts";
import { patternTest } from "./pattern.ts";
import type { StageRunner } from "./stage-runner.ts";

/** A line filter: any of its alternatives must hold, or for the negated operators, none may. */
export function lineFilterStage(filter: LineFilter, profile: Profile): StageRunner {
  const values = filter.values.length > 1 ? wanted(filter, profile) : filter.values;
  const tests = values.map((value) => lineTest(filter, value, profile));
  const negated = filter.operator.startsWith("!");
  const [only] = tests;
  if (tests.length === 1 && only) return negated ? (entry) => !only(entry.line) : (entry) => only(entry.line);
  return (entry) => tests.some((test) => test(entry.line)) !== negated;
}

// Among alternatives, one that any line meets is left out: Loki takes it for no filter at all. And of an address it
// loses all but the first and the last.
function wanted({ operator, values }: LineFilter, profile: Profile): readonly LineFilterValue[] {
  const trivial = trivialTexts.get(operator);
  const losesIps = profile.ipInOrChainIsText && operator === "|=";
  const rest = values.filter(({ text, ip }, i) =>
    ip
      ? !losesIps || i === 0 || i === values.length - 1
      : !trivial?.has(text) && !(operator === "|~" && isEmptyPattern(text)),
  );
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
  const isText = profile.ipInOrChainIsText && operator === "|=" && values.length > 1;
  const matcher = value.ip && !isText ? parseIpMatcher(value.text) : undefined;
  return matcher ? (line) => findsAddress(matcher, line) : (line) => line.includes(value.text);
}

// The lower-case text of a pattern that is `(?i)` and plain text.
function foldedText(pattern: string): string | undefined {
  const text = /^\(\?i\)([^\\^$.*+?()[\]{}|]+)$/.exec(pattern)?.[1];
  return text?.toLowerCase();
}
