import type {
  LabelFilter,
  LogExpression,
  MetricExpression,
  RangeAggregation,
  Stage,
} from "../../logql/index.ts";
import type { Rule } from "../rule-file.ts";

/** Every range aggregation of a rule's expression. */
export function rangesOf(rule: Rule): RangeAggregation[] {
  const { expression } = rule;
  return expression && expression.kind !== "log" ? leaves(expression) : [];
}

/** Every node of a metric expression, outermost first. */
export function* nodesOf(expression: MetricExpression): Iterable<MetricExpression> {
  yield expression;
  if (expression.kind === "binary") {
    yield* nodesOf(expression.left);
    yield* nodesOf(expression.right);
  } else if (expression.kind === "vector" || expression.kind === "label_replace")
    yield* nodesOf(expression.inner);
}

/** The single predicates of a label filter. */
export function predicatesOf(filter: LabelFilter): Exclude<LabelFilter, { kind: "joined" }>[] {
  return filter.kind === "joined" ? [...predicatesOf(filter.left), ...predicatesOf(filter.right)] : [filter];
}

/** The label filters of a pipeline, with the index of their stage. */
export function predicatesIn(
  log: LogExpression,
): { at: number; predicate: ReturnType<typeof predicatesOf>[number] }[] {
  return log.stages.flatMap((stage, at) =>
    stage.kind === "label-filter" ? predicatesOf(stage.filter).map((predicate) => ({ at, predicate })) : [],
  );
}

/** Whether a stage makes a label of every field it finds in the line. */
export function parsesEverything(stage: Stage): boolean {
  return (
    ((stage.kind === "json" || stage.kind === "logfmt") && stage.extractions.length === 0) ||
    stage.kind === "unpack"
  );
}

function leaves(expression: MetricExpression): RangeAggregation[] {
  return [...nodesOf(expression)].filter((node) => node.kind === "range");
}
