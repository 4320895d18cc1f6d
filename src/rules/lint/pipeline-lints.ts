import type { LogExpression, Stage } from "../../logql/index.ts";
import type { Found, Lint, LintSubject } from "./lint.ts";
import { predicatesIn, predicatesOf, rangesOf } from "./walk.ts";

export const parseErrorsUnhandled: Lint = {
  code: "parse-errors-unhandled",
  severity: "error",
  summary: "One line that does not parse makes the whole query fail.",
  explanation:
    "A metric query fails as a whole when a line reaches it with `__error__` set, and a rule whose query fails neither " +
    'fires nor resolves: one crash trace on stdout silences the alert. Put `| __error__=""` after the last stage that can ' +
    "fail: after the parser, after comparisons with numbers, and after unwrap.",
  bad: `alert: High5xx
expr: sum by (http_route) (count_over_time({service_name="shop"} | json | level="error" [5m])) > 10`,
  good: `alert: High5xx
expr: sum by (http_route) (count_over_time({service_name="shop"} | json | level="error" | __error__="" [5m])) > 10`,
  check: ({ rule }) => rangesOf(rule).flatMap(({ log }) => unhandledIn(log)),
};

export const unanchoredLabelRegex: Lint = {
  code: "unanchored-label-regex",
  severity: "warning",
  summary: "A regular expression of a label filter does not say where it begins and ends.",
  explanation:
    "Whether a label filter's expression must match the whole value or only a part of it has differed between versions " +
    'of Loki, and between it and line filters: `level=~"warn"` may or may not match `prewarn`. Write `^(?:…)$` for the ' +
    "whole value, `^….*`, `.*…$` or `.*….*` for a part, and the rule means the same everywhere: `warn.*` alone may match `prewarn` too.",
  bad: `alert: High5xx
expr: sum(count_over_time({service_name="shop"} | json | http_route=~"/pay|/cart" | __error__="" [5m])) > 10`,
  good: `alert: High5xx
expr: sum(count_over_time({service_name="shop"} | json | http_route=~"^(?:/pay|/cart)$" | __error__="" [5m])) > 10`,
  check: checkAnchors,
};

function unhandledIn(log: LogExpression): Found[] {
  const last = log.stages.findLastIndex(canFail);
  const stage = log.stages[last];
  if (!stage || log.stages.slice(last + 1).some(handlesErrors)) return [];
  const message = `a line that fails at ${stageName(stage)} makes the query fail; add | __error__="" after it`;
  return [{ message, offset: stage.offset }];
}

function canFail(stage: Stage): boolean {
  if (stage.kind === "label-filter") {
    return predicatesOf(stage.filter).some(({ kind }) => kind !== "string" && kind !== "ip");
  }
  if (stage.kind === "logfmt") return stage.strict;
  return stage.kind === "json" || stage.kind === "unpack" || stage.kind === "unwrap";
}

function handlesErrors(stage: Stage): boolean {
  if (stage.kind === "drop") return stage.labels.some(({ name }) => name === "__error__");
  if (stage.kind !== "label-filter") return false;
  return predicatesOf(stage.filter).some(
    (filter) =>
      filter.kind === "string" && filter.matcher.name === "__error__" && filter.matcher.operator !== "=~",
  );
}

function stageName(stage: Stage): string {
  return stage.kind === "label-filter" ? "the comparison" : stage.kind;
}

function checkAnchors({ rule }: LintSubject): Found[] {
  return rangesOf(rule).flatMap(({ log }) =>
    predicatesIn(log).flatMap(({ predicate }) => {
      if (predicate.kind !== "string") return [];
      const { name, operator, value } = predicate.matcher;
      if (!operator.endsWith("~") || isAnchored(value)) return [];
      const message = `${name}${operator}${JSON.stringify(value)} does not say where it begins and ends; write ^(?:${value})$`;
      return [{ message, offset: predicate.offset }];
    }),
  );
}

// ^a|b$ is anchored on one side of each alternative only.
function isAnchored(pattern: string): boolean {
  const starts = /^(?:\^|\.[*+])/.test(pattern);
  const ends = /(?:^|[^\\])(?:\$|\.[*+])$/.test(pattern);
  if (!starts || !ends) return false;
  let depth = 0;
  for (const [piece] of pattern.matchAll(/\\.|\[(?:\\.|[^\]])*\]|[\s\S]/g)) {
    if (piece === "(") depth++;
    else if (piece === ")") depth--;
    else if (piece === "|" && depth === 0) return false;
  }
  return true;
}
