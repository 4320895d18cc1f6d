import { isCovered, type RuleCoverage } from "../rules/index.ts";

/** What the tests saw of each rule: a line in all, and the rules that lack a case, or every rule. */
export function coverageText(rules: readonly RuleCoverage[], { all }: { readonly all: boolean }): string {
  if (rules.length === 0) return "";
  const covered = rules.filter(isCovered).length;
  const head = `Coverage: ${covered} of ${rules.length} rules have a firing and a silent case\n`;
  if (!all) return head;
  const width = Math.max(...rules.map(({ name }) => name.length));
  return (
    head +
    rules
      .map((rule) => `  ${rule.name.padEnd(width)}  ${stateOf(rule)}  ${rule.file}:${rule.line}\n`)
      .join("")
  );
}

function stateOf({ firing, silent }: RuleCoverage): string {
  if (firing && silent) return "covered        ";
  if (firing) return "no silent case ";
  return silent ? "no firing case " : "no case at all ";
}
