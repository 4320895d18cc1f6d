import type { OperandNode, PipeNode, TemplateList, TemplateNode } from "./nodes.ts";
import { parseTemplate } from "./parser.ts";

/**
 * The labels that a template asks for as `.name`, which a parser therefore has to find. Loki does not see those asked
 * for in another way: `$.name`, `index . "name"`, or within a template that is defined and called.
 */
export function templateFields(text: string, functions: ReadonlySet<string>): string[] {
  return fieldsOf(parseTemplate(text, functions).root);
}

function fieldsOf(list: TemplateList): string[] {
  return list.flatMap(fieldsOfNode);
}

function fieldsOfNode(node: TemplateNode): string[] {
  if (node.kind === "action") return fieldsOfPipe(node.pipe);
  if (node.kind !== "control") return [];
  return [...fieldsOfPipe(node.pipe), ...fieldsOf(node.body), ...fieldsOf(node.otherwise)];
}

function fieldsOfPipe({ commands }: PipeNode): string[] {
  return commands.flat().flatMap(fieldsOfOperand);
}

function fieldsOfOperand(operand: OperandNode): string[] {
  if (operand.kind === "pipe") return fieldsOfPipe(operand.pipe);
  return operand.kind === "fields" && operand.from === "." ? operand.names.slice(0, 1) : [];
}
