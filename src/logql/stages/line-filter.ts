import type { Profile } from "../profile.ts";
import { compileRe2 } from "../regex/re2.ts";
import type { LineFilter, LineFilterOperator, LineFilterValue } from "../syntax/ast.ts";
import type { StageRunner } from "./stage-runner.ts";

/** A line filter: any of its alternatives must hold, or for the negated operators, none may. */
export function lineFilterStage(filter: LineFilter, profile: Profile): StageRunner {
  const tests = filter.values.map((value) => lineTest(filter.operator, value, profile));
  const negated = filter.operator.startsWith("!");
  const [only] = tests;
  if (tests.length === 1 && only) return negated ? (entry) => !only(entry.line) : (entry) => only(entry.line);
  return (entry) => tests.some((test) => test(entry.line)) !== negated;
}

function lineTest(
  operator: LineFilterOperator,
  value: LineFilterValue,
  profile: Profile,
): (line: string) => boolean {
  if (operator === "|=" || operator === "!=") return (line) => line.includes(value.text);
  const regex = compileRe2(value.text, { dotAll: profile.lineFilterDotMatchesNewline });
  return (line) => regex.test(line);
}
