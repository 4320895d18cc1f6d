import type { Found, Lint, LintSubject } from "./lint.ts";
import { usedNames } from "./used-names.ts";
import { predicatesIn, rangesOf } from "./walk.ts";

export const unknownField: Lint = {
  code: "unknown-field",
  severity: "error",
  summary: "The rule names a field that no log line has.",
  explanation:
    "A label filter on a field that does not exist reads an empty value, a grouping by it gives one series without it, " +
    "and the alert never fires: nothing in Loki says so. The names known are those of the log contract (docs/fields.md), " +
    "the labels that collectors add, those in the rule's own selector, and those its own stages make. " +
    "Declare fields of your own with `--field NAME:TYPE`.",
  bad: `alert: High5xx
expr: sum by (http_route) (count_over_time({service_name="shop"} | json | status >= 500 | __error__="" [5m])) > 10`,
  good: `alert: High5xx
expr: sum by (http_route) (count_over_time({service_name="shop"} | json | http_response_status_code >= 500 | __error__="" [5m])) > 10`,
  check: checkUnknown,
};

export const numericFilterOnString: Lint = {
  code: "numeric-filter-on-string",
  severity: "error",
  summary: "A field that holds text is compared with a number, or unwrapped.",
  explanation:
    "The text does not convert, the line gets `__error__`, and a metric query over such a line fails as a whole. " +
    "Compare text with text, or use the field that holds the number.",
  bad: `alert: Slow
expr: sum(count_over_time({service_name="shop"} | json | level >= 40 | __error__="" [5m])) > 10`,
  good: `alert: Slow
expr: sum(count_over_time({service_name="shop"} | json | level=~"^(?:warn|error|fatal)$" | __error__="" [5m])) > 10`,
  check: checkNumeric,
};

function checkUnknown({ rule, fields }: LintSubject): Found[] {
  const unknown = usedNames(rule).filter(({ name }) => fields.typeOf(name) === undefined);
  const first = new Map(unknown.map(({ name, offset }) => [name, offset]));
  return [...first].map(([name, offset]) => {
    const nearest = fields.nearest(name);
    const hint =
      nearest === undefined
        ? `; declare one of your own with --field ${name}:TYPE`
        : `; did you mean ${nearest}?`;
    return { message: `no log line has the field ${name}${hint}`, offset };
  });
}

function checkNumeric({ rule, fields }: LintSubject): Found[] {
  const isText = (name: string): boolean => ["string", "array"].includes(fields.typeOf(name) ?? "");
  return rangesOf(rule).flatMap(({ log }) => {
    const filters = predicatesIn(log).flatMap(({ predicate }) =>
      predicate.kind !== "string" && predicate.kind !== "ip" && isText(predicate.name)
        ? [
            {
              message: `${predicate.name} is text, and is compared with ${predicate.text}`,
              offset: predicate.offset,
            },
          ]
        : [],
    );
    const unwraps = log.stages.flatMap((stage) =>
      stage.kind === "unwrap" && isText(stage.name)
        ? [{ message: `${stage.name} is text, and is unwrapped`, offset: stage.offset }]
        : [],
    );
    return [...filters, ...unwraps];
  });
}
