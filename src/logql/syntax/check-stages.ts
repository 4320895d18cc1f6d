import { parseIpMatcher } from "../match/ip-matcher.ts";
import { compileRe2 } from "../regex/re2.ts";
import { parsePattern, patternFilterProblem } from "../stages/pattern-expression.ts";
import type { LabelFilter, LineFilter, LogExpression, Matcher, Stage } from "./ast.ts";
import { checkRegex } from "./check-regex.ts";
import { checkExtractions, checkLabelFormat, checkText } from "./check-text.ts";
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
  switch (stage.kind) {
    case "line-filter":
      checkLineFilter(stage, cursor);
      return;
    case "label-filter":
      checkLabelFilter(stage.filter, cursor);
      return;
    case "drop":
    case "keep":
      for (const label of stage.labels) if (label.matcher) checkMatcher(label.matcher, cursor);
      return;
    case "regexp":
    case "pattern":
    case "line_format":
      checkText(stage, cursor);
      return;
    case "json":
    case "logfmt":
      checkExtractions(stage, cursor);
      return;
    case "label_format":
      checkLabelFormat(stage, cursor);
      return;
    default:
      return;
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
    if (value.ip && !isText(filter)) checkIp(value.text, value.offset, cursor);
    if (filter.operator === "|~" || filter.operator === "!~")
      checkRegex(value.text, { offset: value.offset, cursor });
    const problem = filter.operator.endsWith(">")
      ? patternFilterProblem(parsePattern(value.text))
      : undefined;
    if (problem) throw cursor.error(problem, value.offset);
  }
}

// An address among alternatives is looked for as it is written.
function isText({ operator, values }: LineFilter): boolean {
  return operator === "|=" && values.length > 1;
}

function checkLabelFilter(filter: LabelFilter, cursor: Cursor): void {
  if (filter.kind === "joined") {
    checkLabelFilter(filter.left, cursor);
    checkLabelFilter(filter.right, cursor);
  } else if (filter.kind === "string") checkMatcher(filter.matcher, cursor);
  else if (filter.kind === "ip") checkIp(filter.text, filter.offset, cursor);
}

function checkIp(text: string, offset: number, cursor: Cursor): void {
  if (!parseIpMatcher(text)) throw cursor.error(`ip: invalid pattern: ${JSON.stringify(text)}`, offset);
}
