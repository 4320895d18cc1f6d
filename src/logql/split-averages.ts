import type {
  BinaryOperation,
  MetricExpression,
  RangeAggregation,
  Stage,
  UnwrapStage,
  VectorAggregation,
} from "./syntax/ast.ts";

/**
 * Write `avg_over_time(… | unwrap x) by (y)` as Loki's HTTP API computes it: the sum of the values over the count of the
 * lines. Lines without the label count as well, and what stands after unwrap does not count at all.
 */
export function splitAverages(expression: MetricExpression): MetricExpression {
  switch (expression.kind) {
    case "range":
      return isSplit(expression) ? quotient(expression) : expression;
    case "vector":
      // A sum is computed in parts of its own, whole averages and all.
      if (expression.operation === "sum" && takenWhole.has(expression.inner.kind)) return expression;
      return { ...expression, inner: splitAverages(expression.inner) };
    case "label_replace":
      return { ...expression, inner: splitAverages(expression.inner) };
    case "binary":
      return { ...expression, left: splitAverages(expression.left), right: splitAverages(expression.right) };
    default:
      return expression;
  }
}

const takenWhole: ReadonlySet<MetricExpression["kind"]> = new Set(["range", "binary"]);

function isSplit({ operation, grouping, log }: RangeAggregation): boolean {
  if (operation !== "avg_over_time") return false;
  if (grouping && (!grouping.without || grouping.names.length > 0)) return true;
  return log.stages.some(mayJoinSeries);
}

// Without a label that they had, two series may become one.
function mayJoinSeries(stage: Stage): boolean {
  if (stage.kind === "drop" || stage.kind === "keep") return true;
  return stage.kind === "label_format" && stage.formats.some(({ value }) => value.kind === "rename");
}

function quotient(node: RangeAggregation): BinaryOperation {
  const { log, offset } = node;
  const stages = log.stages.slice(0, log.stages.findIndex(isUnwrap));
  const unwrapped = log.stages.find(isUnwrap)?.name ?? "";
  return {
    kind: "binary",
    offset,
    operator: "/",
    bool: false,
    matching: undefined,
    left: summed({ ...node, operation: "sum_over_time" }, unwrapped),
    right: summed({ ...node, operation: "count_over_time", log: { ...log, stages } }, unwrapped),
  };
}

function isUnwrap(stage: Stage): stage is UnwrapStage {
  return stage.kind === "unwrap";
}

function summed(node: RangeAggregation, unwrapped: string): VectorAggregation {
  const { offset } = node;
  const grouping = node.grouping ?? { without: true, names: [], offset };
  const names = grouping.without ? [...grouping.names, unwrapped] : grouping.names;
  return {
    kind: "vector",
    offset,
    operation: "sum",
    parameter: undefined,
    grouping: { ...grouping, names },
    inner: { ...node, grouping: undefined },
  };
}
