import { compileRe2 } from "../regex/re2.ts";
import type { LabelFilter, LineFilter, LogExpression, Matcher, Stage } from "./ast.ts";
import { checkRegex } from "./check-regex.ts";
import type { Cursor } from "./cursor.ts";

/** Check that the selector can leave anything out. */
export function checkSelector(log: LogExpression, cursor: Cursor): void {
  for (const matcher of log.selector) checkMatcher(matcher, cursor);
  if (log.selector.some(selects)) return;
  const problem =
    "queries require at least one regexp or equality matcher that does not have an empty-compatible value";
  throw cursor.error(
    `${problem}. For instance, app=~".*" does not meet this requirement, but app=~".+" will`,
    log.offset,
  );
}

/** Check every stage, and that nothing but label filters follows an unwrap. */
export function checkStages(stages: readonly Stage[], cursor: Cursor): void {
  let unwrapped = false;
  for (const stage of stages) {
    if (unwrapped && stage.kind !== "label-filter")
      throw cursor.error("only label filters may follow unwrap", stage.offset);
    unwrapped ||= stage.kind === "unwrap";
    checkStage(stage, cursor);
  }
}

function checkStage(stage: Stage, cursor: Cursor): void {
  if (stage.kind === "line-filter") checkLineFilter(stage, cursor);
  else if (stage.kind === "label-filter") checkLabelFilter(stage.filter, cursor);
  else if (stage.kind === "drop" || stage.kind === "keep") {
    for (const label of stage.labels) if (label.matcher) checkMatcher(label.matcher, cursor);
  }
}

function checkMatcher(matcher: Matcher, cursor: Cursor): void {
  if (matcher.operator === "=~" || matcher.operator === "!~")
    checkRegex(matcher.value, { offset: matcher.offset, cursor });
}

// A matcher that accepts the empty value also accepts every stream without the label.
function selects(matcher: Matcher): boolean {
  if (matcher.operator === "=") return matcher.value !== "";
  if (matcher.operator === "!=") return matcher.value === "";
  const acceptsEmpty = compileRe2(matcher.value, { anchored: true }).test("");
  return matcher.operator === "=~" ? !acceptsEmpty : acceptsEmpty;
}

function checkLineFilter(filter: LineFilter, cursor: Cursor): void {
  for (const value of filter.values) {
    if (value.ip && filter.operator !== "|=" && filter.operator !== "!=") {
      throw cursor.error(`ip() takes only |= and !=, not ${filter.operator}`, filter.offset);
    }
    if (filter.operator === "|~" || filter.operator === "!~")
      checkRegex(value.text, { offset: value.offset, cursor });
  }
}

function checkLabelFilter(filter: LabelFilter, cursor: Cursor): void {
  if (filter.kind === "joined") {
    checkLabelFilter(filter.left, cursor);
    checkLabelFilter(filter.right, cursor);
  } else if (filter.kind === "string") checkMatcher(filter.matcher, cursor);
}
