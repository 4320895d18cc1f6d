import { type Expression, LogqlError, parse } from "../logql/index.ts";
import { promqlProblem } from "./promql.ts";
import type { Rule, RuleFile } from "./rule-file.ts";
import { templateProblem } from "./template/alert-template.ts";
import type { YamlNode } from "./yaml-node.ts";

export interface RuleContext {
  readonly file: string;
  readonly group: string;
  readonly language: RuleFile["language"];
  /** Labels of the group; a rule's own win. */
  readonly labels: Readonly<Record<string, string>>;
}

const alertKeys = ["alert", "expr", "for", "keep_firing_for", "labels", "annotations"];
const recordKeys = ["record", "expr", "labels"];

/** Parse the rule at an index of its group. Problems are reported; a rule that can't be evaluated gives undefined. */
export function parseRule(node: YamlNode, index: number, context: RuleContext): Rule | undefined {
  const inGroup = `group ${JSON.stringify(context.group)}`;
  if (!node.isMapping) return node.as(`${inGroup}, rule ${index + 1}`).report("a rule must be a mapping");
  const given = node.entries("a rule");
  const kind = given.has("alert") ? "alert" : given.has("record") ? "record" : undefined;
  const unnamed = node.as(`${inGroup}, rule ${index + 1}`);
  if (!kind) return unnamed.report("a rule needs alert or record");
  if (given.has("alert") && given.has("record"))
    return unnamed.report("a rule has alert or record, not both");
  const name = given.get(kind)?.text(kind);
  if (name === undefined || name === "") return unnamed.report(`${kind} must not be empty`);
  const rule = node.as(`${inGroup}, rule ${JSON.stringify(name)}`);
  const members = rule.members(kind === "alert" ? "an alerting rule" : "a recording rule", keysOf(kind));
  const expression = parseExpr(rule, members, context.language);
  if (!expression) return undefined;
  const labels = { ...context.labels, ...parseLabels(members.get("labels"), kind) };
  const base = { file: context.file, group: context.group, line: node.line, name, labels, ...expression };
  if (kind === "record") return checkRecordName(rule, name) ? { kind, ...base } : undefined;
  return {
    kind,
    ...base,
    forMs: members.get("for")?.duration("for") ?? 0,
    keepFiringForMs: members.get("keep_firing_for")?.duration("keep_firing_for") ?? 0,
    annotations: parseAnnotations(members.get("annotations")),
  };
}

function keysOf(kind: Rule["kind"]): readonly string[] {
  return kind === "alert" ? alertKeys : recordKeys;
}

interface ParsedExpr {
  readonly expr: string;
  readonly exprLine: number;
  readonly expression: Expression | undefined;
}

function parseExpr(
  rule: YamlNode,
  members: ReadonlyMap<string, YamlNode>,
  language: RuleFile["language"],
): ParsedExpr | undefined {
  const node = members.get("expr");
  const expr = node?.text("expr")?.trim();
  if (!node || expr === undefined || expr === "") return rule.report("a rule needs expr");
  const exprLine = node.textLine;
  if (language === "promql") {
    const wrong = promqlProblem(expr);
    if (wrong) return node.report(`expr: ${wrong.message}`, exprLine + wrong.line - 1);
    return { expr, exprLine, expression: undefined };
  }
  try {
    const expression = parse(expr);
    if (expression.kind !== "log") return { expr, exprLine, expression };
    return node.report(
      "expr selects log lines; a rule needs a metric query, such as count_over_time(… [5m]) > 0",
    );
  } catch (error) {
    if (!(error instanceof LogqlError)) throw error;
    return node.report(`expr: ${error.message}`, exprLine + (error.position?.line ?? 1) - 1);
  }
}

function parseLabels(node: YamlNode | undefined, kind: Rule["kind"]): Record<string, string> {
  for (const [name, value] of node?.entries("labels") ?? []) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) value.report(`${JSON.stringify(name)} is no label name`);
    if (name === "__name__" || (name === "alertname" && kind === "alert"))
      value.report(`a rule can't set ${name}`);
    if (kind === "alert") reportTemplate(value, `label ${name}`);
  }
  return node?.texts("labels") ?? {};
}

function parseAnnotations(node: YamlNode | undefined): Record<string, string> {
  for (const [name, value] of node?.entries("annotations") ?? []) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) value.report(`${JSON.stringify(name)} is no annotation name`);
    reportTemplate(value, `annotation ${name}`);
  }
  return node?.texts("annotations") ?? {};
}

function reportTemplate(value: YamlNode, what: string): void {
  const problem = templateProblem(String(value.plain() ?? ""));
  if (problem !== undefined) value.report(`${what}: template: ${problem}`);
}

function checkRecordName(rule: YamlNode, name: string): boolean {
  if (/^[A-Za-z_:][A-Za-z0-9_:]*$/.test(name)) return true;
  rule.report(`${JSON.stringify(name)} is no metric name`);
  return false;
}
