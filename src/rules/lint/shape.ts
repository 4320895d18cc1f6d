import type { Grouping, MetricExpression, RangeAggregation, Stage } from "../../logql/index.ts";
import { parsesEverything } from "./walk.ts";

/**
 * Which labels the series of an expression bear: these names; those of the streams alone; or every field a parser found.
 * `few` says that their number is limited whatever the labels, as by topk.
 */
export interface Shape {
  readonly labels: ReadonlySet<string> | "stream" | "parsed";
  readonly few: boolean;
}

export function shapeOf(node: MetricExpression): Shape {
  switch (node.kind) {
    case "number":
    case "vector-literal":
      return none;
    case "label_replace":
      return withName(shapeOf(node.inner), node.destination);
    case "range":
      return node.grouping ? grouped(node.grouping, rangeShape(node)) : rangeShape(node);
    case "vector":
      return vectorShape(node);
    case "binary":
      return binaryShape(node);
  }
}

const none: Shape = { labels: new Set(), few: true };
const limiting: ReadonlySet<string> = new Set(["topk", "bottomk", "approx_topk"]);
const keeping: ReadonlySet<string> = new Set(["topk", "bottomk", "approx_topk", "sort", "sort_desc"]);

function vectorShape(node: Extract<MetricExpression, { kind: "vector" }>): Shape {
  const inner = shapeOf(node.inner);
  if (keeping.has(node.operation)) return limiting.has(node.operation) ? { ...inner, few: true } : inner;
  return node.grouping ? grouped(node.grouping, inner) : none;
}

function binaryShape(node: Extract<MetricExpression, { kind: "binary" }>): Shape {
  const [left, right] = [shapeOf(node.left), shapeOf(node.right)];
  if (isScalar(node.left)) return right;
  if (isScalar(node.right)) return left;
  if (node.operator === "or") return larger(left, right);
  const { matching } = node;
  if (!matching) return left;
  if (matching.cardinality === "one-to-many") return right;
  if (matching.cardinality === "many-to-one") return left;
  return matching.on && !["and", "unless"].includes(node.operator)
    ? { labels: new Set(matching.names), few: left.few || right.few }
    : left;
}

function larger(left: Shape, right: Shape): Shape {
  const few = left.few && right.few;
  if (left.labels === "parsed" || right.labels === "parsed") return { labels: "parsed", few };
  if (left.labels === "stream" || right.labels === "stream") return { labels: "stream", few };
  return { labels: new Set([...left.labels, ...right.labels]), few };
}

function isScalar(node: MetricExpression): boolean {
  if (node.kind === "binary") return isScalar(node.left) && isScalar(node.right);
  return node.kind === "number";
}

function grouped({ without, names }: Grouping, inner: Shape): Shape {
  if (!without) return { labels: new Set(names), few: names.length === 0 };
  if (typeof inner.labels === "string") return inner;
  return { labels: new Set([...inner.labels].filter((name) => !names.includes(name))), few: inner.few };
}

function withName(inner: Shape, name: string): Shape {
  return typeof inner.labels === "string" ? inner : { ...inner, labels: new Set([...inner.labels, name]) };
}

function rangeShape({ log, operation }: RangeAggregation): Shape {
  if (operation === "absent_over_time") return { labels: new Set(statedNames(log)), few: true };
  // The last stage that settles which labels there are decides.
  let labels: Shape["labels"] = "stream";
  for (const stage of log.stages) labels = afterStage(labels, stage);
  return { labels, few: false };
}

// What is absent bears the labels that the selector states by `=`; a name that is stated twice is left out.
function statedNames({ selector }: RangeAggregation["log"]): string[] {
  const stated = selector.filter(({ operator, value }) => operator === "=" && value !== "");
  const names = stated.map(({ name }) => name);
  return names.filter((name) => names.indexOf(name) === names.lastIndexOf(name));
}

function afterStage(labels: Shape["labels"], stage: Stage): Shape["labels"] {
  if (parsesEverything(stage)) return "parsed";
  if (stage.kind === "keep") return new Set(stage.labels.map(({ name }) => name));
  return labels;
}
