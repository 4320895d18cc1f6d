import { parseTestGroup } from "./parse-test-group.ts";
import type { Problem } from "./problem.ts";
import type { TestFile } from "./test-file.ts";
import { parseYaml, type YamlNode } from "./yaml-node.ts";

const keys = ["rule_files", "evaluation_interval", "fuzzy_compare", "group_eval_order", "tests"];

/** Parse a test file; undefined when something is wrong with it, which is added to the problems. */
export function parseTestFile(text: string, path: string, problems: Problem[]): TestFile | undefined {
  const before = problems.length;
  const root = parseYaml(text, path, problems);
  const members = root?.members("a test file", keys);
  if (!members) return undefined;
  const evaluationIntervalMs = members.get("evaluation_interval")?.duration("evaluation_interval") ?? 60_000;
  if (evaluationIntervalMs === 0)
    members.get("evaluation_interval")?.report("evaluation_interval must not be 0");
  const file: TestFile = {
    path,
    ruleFiles: textItems(members.get("rule_files"), "rule_files"),
    evaluationIntervalMs,
    fuzzyCompare: members.get("fuzzy_compare")?.boolean("fuzzy_compare") ?? false,
    groupEvalOrder: textItems(members.get("group_eval_order"), "group_eval_order"),
    tests: (members.get("tests")?.items("tests") ?? []).map((node, i) =>
      parseTestGroup(node, i, evaluationIntervalMs),
    ),
  };
  // A file that tests nothing must not pass.
  if (problems.length === before && file.tests.length === 0) root?.report("a test file needs tests");
  return problems.length === before ? file : undefined;
}

function textItems(node: YamlNode | undefined, what: string): string[] {
  return (node?.items(what) ?? []).map((item) => item.text(`${what}[]`) ?? "");
}
