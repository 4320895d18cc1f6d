import { parseRule } from "./parse-rule.ts";
import type { Problem } from "./problem.ts";
import { isPromql } from "./promql.ts";
import type { RuleFile, RuleGroup } from "./rule-file.ts";
import { parseYaml, type YamlNode } from "./yaml-node.ts";

/** A rule file, and what is wrong with it. A rule with a problem is left out of the file. */
export interface ParsedRuleFile {
  readonly file: RuleFile;
  readonly problems: readonly Problem[];
}

/**
 * Parse a rule file of Loki's ruler or of Prometheus.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
 */
export function parseRuleFile(text: string, path: string): ParsedRuleFile {
  const problems: Problem[] = [];
  const root = parseYaml(text, path, problems);
  const members = root?.members("a rule file", ["groups", "namespace"]);
  const groups = members?.get("groups");
  if (root && problems.length === 0 && !groups) root.report("a rule file needs the key groups");
  const items = groups?.items("groups") ?? [];
  const language = isPromql(items.flatMap(expressionsOf)) ? "promql" : "logql";
  const names = new Set<string>();
  const parsed = items.map((item) => parseGroup(item, { path, language, names }));
  return { file: { path, language, groups: parsed.filter((group) => group !== undefined) }, problems };
}

interface GroupContext {
  readonly path: string;
  readonly language: RuleFile["language"];
  readonly names: Set<string>;
}

const groupKeys = ["name", "interval", "limit", "query_offset", "labels", "rules", "remote_write"];

function parseGroup(node: YamlNode, { path, language, names }: GroupContext): RuleGroup | undefined {
  if (!node.isMapping) return node.report("a group must be a mapping with name and rules");
  const name = node.entries("a group").get("name")?.text("name");
  if (name === undefined || name === "") return node.report("a group needs a name");
  if (names.has(name)) node.report(`group ${JSON.stringify(name)} stands twice in this file`);
  names.add(name);
  const group = node.as(`group ${JSON.stringify(name)}`);
  const members = group.members("a group", groupKeys);
  const labels = members.get("labels")?.texts("labels") ?? {};
  const rules = members.get("rules")?.items("rules") ?? [];
  const context = { file: path, group: name, language, labels };
  return {
    name,
    line: node.line,
    intervalMs: members.get("interval")?.duration("interval"),
    limit: members.get("limit")?.count("limit") ?? 0,
    queryOffsetMs: members.get("query_offset")?.duration("query_offset") ?? 0,
    rules: rules.map((rule, i) => parseRule(rule, i, context)).filter((rule) => rule !== undefined),
  };
}

function expressionsOf(group: YamlNode): string[] {
  if (!group.isMapping) return [];
  const rules = group.entries("a group").get("rules");
  const members = rules?.isList ? rules.items("rules").filter((rule) => rule.isMapping) : [];
  return members.map((rule) => String(rule.entries("a rule").get("expr")?.plain() ?? ""));
}
