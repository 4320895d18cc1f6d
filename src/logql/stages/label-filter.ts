import type { Entry } from "../labels/entry.ts";
import { findsAddress, parseIpMatcher } from "../match/ip-matcher.ts";
import { labelPatternTest } from "../match/label-pattern.ts";
import type { Profile } from "../profile.ts";
import { compileRe2 } from "../regex/re2.ts";
import type { ComparisonFilter, ComparisonOperator, IpFilter, LabelFilter, Matcher } from "../syntax/ast.ts";
import { type Conversion, conversions, roundSize } from "./conversion.ts";
import type { StageRunner } from "./stage-runner.ts";

/** A label filter: predicates on labels joined by and, or. */
export function labelFilterStage(filter: LabelFilter, profile: Profile): StageRunner {
  if (filter.kind === "joined") {
    const left = labelFilterStage(filter.left, profile);
    const right = labelFilterStage(filter.right, profile);
    return filter.operator === "and"
      ? (entry) => left(entry) && right(entry)
      : (entry) => left(entry) || right(entry);
  }
  if (filter.kind === "string") return stringFilter(filter.matcher, profile);
  if (filter.kind === "ip") return ipFilter(filter);
  const rounds = filter.kind === "bytes" && profile.sizesRoundToTwoDigits;
  return comparisonFilter(filter, conversions[filter.kind], rounds ? roundSize(filter.value) : filter.value);
}

/** Compile a matcher of values; a missing label is the empty value. An anchored `.` matches a newline, as Prometheus' does. */
export function valueTest(matcher: Matcher, anchored: boolean): (value: string) => boolean {
  const { operator, value: wanted } = matcher;
  if (operator === "=") return (value) => value === wanted;
  if (operator === "!=") return (value) => value !== wanted;
  const regex = compileRe2(wanted, { anchored, dotAll: anchored });
  return operator === "=~" ? (value) => regex.test(value) : (value) => !regex.test(value);
}

function stringFilter(matcher: Matcher, profile: Profile): StageRunner {
  const { operator, value } = matcher;
  const isRegex = operator === "=~" || operator === "!~";
  if (!isRegex || !profile.labelFilterRegexAnchored) return matching(matcher, valueTest(matcher, false));
  const test = labelPatternTest(value, profile.labelFilterPlainTextAnywhere);
  return matching(matcher, operator === "=~" ? test : (text) => !test(text));
}

function matching(matcher: Matcher, test: (value: string) => boolean): StageRunner {
  return (entry) => test(entry.get(matcher.name) ?? "");
}

function ipFilter(filter: IpFilter): StageRunner {
  const matcher = parseIpMatcher(filter.text);
  return (entry) => {
    if (entry.error !== "") return true;
    const value = entry.get(filter.name);
    if (!matcher || value === undefined) return false;
    return findsAddress(matcher, value) !== filter.negated;
  };
}

const comparisons: Readonly<Record<ComparisonOperator, (left: number, right: number) => boolean>> = {
  "==": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
};

function comparisonFilter(filter: ComparisonFilter, convert: Conversion, wanted: number): StageRunner {
  const compare = comparisons[filter.operator];
  return (entry: Entry) => {
    const text = entry.get(filter.name);
    if (text === undefined) return false;
    const value = convert(text);
    if (typeof value === "number") return compare(value, wanted);
    // An error that is there already stays: it came first.
    if (entry.error === "") entry.setError("LabelFilterErr", value.problem);
    return true;
  };
}
