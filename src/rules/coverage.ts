import type { Rule, RuleFile } from "./rule-file.ts";
import type { RuleCoverage } from "./test-report.ts";

/** Notes for each rule whether a test case that passed saw it firing, and whether one saw it silent. */
export class CoverageLog {
  readonly #seen: Map<Rule, { firing: boolean; silent: boolean }>;

  constructor(files: readonly RuleFile[]) {
    const rules = files.flatMap((file) => file.groups).flatMap((group) => group.rules);
    this.#seen = new Map(rules.map((rule) => [rule, { firing: false, silent: false }]));
  }

  note(rule: Rule, fires: boolean): void {
    const seen = this.#seen.get(rule);
    if (seen) seen[fires ? "firing" : "silent"] = true;
  }

  result(): RuleCoverage[] {
    return [...this.#seen].map(([{ kind, name, group, file, line }, seen]) => ({
      kind,
      name,
      group,
      file,
      line,
      ...seen,
    }));
  }
}

/** Join the coverage of several test files: a rule may be tested in more than one. */
export function mergeCoverage(lists: readonly (readonly RuleCoverage[])[]): RuleCoverage[] {
  const merged = new Map<string, RuleCoverage>();
  for (const rule of lists.flat()) {
    const key = `${rule.file}:${rule.line}`;
    const known = merged.get(key);
    const firing = rule.firing || (known?.firing ?? false);
    const silent = rule.silent || (known?.silent ?? false);
    merged.set(key, { ...rule, firing, silent });
  }
  return [...merged.values()];
}

/** Whether both cases of the rule are tested. */
export function isCovered({ firing, silent }: RuleCoverage): boolean {
  return firing && silent;
}
