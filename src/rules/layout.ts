import { type Expression, format, type LogExpression, type MetricExpression, parse } from "../logql/index.ts";

const maxWidth = 100;

/**
 * Write a query in its canonical form, over several lines where one would be longer than 100 characters.
 * @throws LogqlError
 */
export function layout(query: string): string {
  return lay(parse(query), 0);
}

function lay(node: Expression, depth: number): string {
  const flat = format(node);
  if (flat.length + depth * 2 <= maxWidth) return flat;
  const inner = (child: Expression): string => `${indent(depth + 1)}${lay(child, depth + 1)}`;
  switch (node.kind) {
    case "log":
      return stagesOf(node).join(`\n${indent(depth + 1)}`);
    case "vector":
      return wrap(flat, format(node.inner), `\n${inner(node.inner)}\n${indent(depth)}`);
    case "label_replace":
      return wrap(flat, format(node.inner), `\n${inner(node.inner)}`);
    case "range": {
      const body = stagesOf(node.log).map((line, i) => indent(depth + (i === 0 ? 1 : 2)) + line);
      return wrap(flat, format(node.log), `\n${body.join("\n")}\n${indent(depth + 1)}`);
    }
    case "binary":
      return binary(node, depth);
    default:
      return flat;
  }
}

// Stands for the part of the flat text that is laid out in lines, so that all around it stays canonical.
function wrap(flat: string, part: string, lines: string): string {
  const at = flat.indexOf(part);
  return `${flat.slice(0, at)}${lines}${flat.slice(at + part.length).replace(/^ \[/, "[")}`;
}

function binary(node: Extract<MetricExpression, { kind: "binary" }>, depth: number): string {
  const [left, right] = [format(node.left), format(node.right)];
  const flat = format(node);
  // Parentheses around a side belong to the text between the sides.
  const from = flat.indexOf(left);
  const to = flat.lastIndexOf(right);
  const between = flat.slice(from + left.length, to).trim();
  const [open, close] = [flat.slice(0, from), flat.slice(to + right.length)];
  const first = lay(node.left, depth);
  const last = lay(node.right, depth);
  const joined = `${open}${first} ${between.startsWith(")") ? between : between} `.replace(/ \)/, ")");
  return last.includes("\n")
    ? `${joined.trimEnd()}\n${indent(depth)}${last}${close}`
    : `${joined}${last}${close}`;
}

function stagesOf(log: LogExpression): string[] {
  const selector = format({ ...log, stages: [] });
  const stages = log.stages.map((stage) => format({ ...log, stages: [stage] }).slice(selector.length + 1));
  return [selector, ...stages];
}

function indent(depth: number): string {
  return "  ".repeat(depth);
}
