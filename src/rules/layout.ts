import {
  type BinaryOperation,
  type Expression,
  format,
  type LogExpression,
  parse,
  type RangeAggregation,
} from "../logql/index.ts";

const maxWidth = 100;

/**
 * Write a query in its canonical form, over several lines where one would be longer than 100 characters.
 * @throws LogqlError
 */
export function layout(query: string): string {
  const tree = parse(query);
  const flat = format(tree);
  const text = lay(tree, 0);
  // A text laid out in lines must say the same; were it ever not so, one long line does.
  return format(text) === flat ? text : flat;
}

function lay(node: Expression, depth: number): string {
  const flat = format(node);
  if (flat.length + depth * 2 <= maxWidth) return flat;
  switch (node.kind) {
    case "log":
      return stagesOf(node).join(`\n${indent(depth + 1)}`);
    case "vector":
    case "label_replace": {
      const [before, after] = around(flat, format(node.inner));
      return `${before.trimEnd()}\n${indent(depth + 1)}${lay(node.inner, depth + 1)}\n${indent(depth)}${after}`;
    }
    case "range":
      return layRange(node, depth);
    case "binary":
      return layBinary(node, depth);
    default:
      return flat;
  }
}

function layRange(node: RangeAggregation, depth: number): string {
  const [before, after] = around(format(node), format(node.log));
  const lines = stagesOf(node.log).map((line, i) => indent(depth + (i === 0 ? 1 : 2)) + line);
  const range = /^\s*(\[[^\]]*\](?: offset \S+?)?)(\).*)$/s.exec(after);
  const tail = range ? [indent(depth + 1) + range[1], indent(depth) + range[2]] : [indent(depth) + after];
  return [before.trimEnd(), ...lines, ...tail].join("\n");
}

function layBinary(node: BinaryOperation, depth: number): string {
  const [left, right] = [format(node.left), format(node.right)];
  const flat = format(node);
  const from = flat.indexOf(left);
  const to = flat.lastIndexOf(right);
  // What stands around the sides: parentheses, and between them the operator with its matching.
  const [open, between, close] = [
    flat.slice(0, from),
    flat.slice(from + left.length, to),
    flat.slice(to + right.length),
  ];
  const first = `${open}${lay(node.left, depth)}`;
  const last = `${lay(node.right, depth)}${close}`;
  const width = lastLine(first).length + between.length + firstLine(last).length + depth * 2;
  return width <= maxWidth ? first + between + last : `${first}${between.trimEnd()}\n${indent(depth)}${last}`;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf("\n") + 1);
}

// The canonical text before and after one part of it.
function around(flat: string, part: string): [before: string, after: string] {
  const at = flat.indexOf(part);
  return [flat.slice(0, at), flat.slice(at + part.length)];
}

function stagesOf(log: LogExpression): string[] {
  const selector = format({ ...log, stages: [] });
  const stages = log.stages.map((stage) => format({ ...log, stages: [stage] }).slice(selector.length + 1));
  return [selector, ...stages];
}

function indent(depth: number): string {
  return "  ".repeat(depth);
}
