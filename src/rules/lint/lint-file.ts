import { parseRuleFile } from "../parse-rule-file.ts";
import type { Rule } from "../rule-file.ts";
import { FieldTable } from "./field-table.ts";
import { type Ignore, ignoresIn } from "./ignores.ts";
import type { Finding, Found, Lint } from "./lint.ts";
import { lints } from "./lints.ts";
import type { TestedAlerts } from "./tested-alerts.ts";

export interface LintOptions {
  /** Fields known beside those of the contract. */
  readonly fields?: FieldTable;
  /** The cases that tests hold; undefined leaves the lint of untested rules out. */
  readonly tests?: TestedAlerts;
}

/** Lint the text of a rule file. What its comments silence with a reason is left out. */
export function lintRuleFile(text: string, path: string, options: LintOptions = {}): Finding[] {
  const { file, problems } = parseRuleFile(text, path);
  const rules = file.groups.flatMap((group) => group.rules);
  const fields = options.fields ?? new FieldTable();
  const active = options.tests ? lints : lints.filter(({ code }) => code !== "untested-rule");
  const found = rules.flatMap((rule) =>
    active.flatMap((lint) =>
      lint
        .check({ rule, file, fields, tests: options.tests ?? new Map() })
        .map((one) => ({ rule, finding: findingOf(lint, rule, one) })),
    ),
  );
  const ignores = ignoresIn(text, rules);
  const used = new Set<string>();
  const left = found.filter(({ rule, finding }) => !isIgnored(rule, finding, { ignores, used }));
  return [
    ...problems.map((problem): Finding => ({ code: "invalid-rule", severity: "error", ...problem })),
    ...left.map(({ finding }) => finding),
    ...ignores.flatMap((ignore) => judge(ignore, path, used)),
  ].sort((a, b) => a.line - b.line);
}

function findingOf({ code, severity }: Lint, rule: Rule, { message, offset }: Found): Finding {
  const where = `group ${JSON.stringify(rule.group)}, rule ${JSON.stringify(rule.name)}`;
  const lines = offset === undefined ? 0 : rule.expr.slice(0, offset).split("\n").length - 1;
  const line = offset === undefined ? rule.line : rule.exprLine + lines;
  return { code, severity, file: rule.file, line, where, message };
}

interface IgnoreUse {
  readonly ignores: readonly Ignore[];
  readonly used: Set<string>;
}

function isIgnored(rule: Rule, { code }: Finding, { ignores, used }: IgnoreUse): boolean {
  const match = ignores.find(
    (ignore) => ignore.codes.includes(code) && (ignore.rule === undefined || ignore.rule === rule),
  );
  if (match) used.add(`${match.line} ${code}`);
  return match !== undefined && match.reason !== "";
}

function judge({ line, codes, reason, rule }: Ignore, file: string, used: ReadonlySet<string>): Finding[] {
  const where = rule ? `group ${JSON.stringify(rule.group)}, rule ${JSON.stringify(rule.name)}` : "";
  return codes.flatMap((code): Finding[] => {
    if (!used.has(`${line} ${code}`)) {
      const known = lints.some((lint) => lint.code === code);
      const message = known ? `${code} finds nothing here` : `there is no lint ${code}`;
      return [{ code: "unused-ignore", severity: "warning", file, line, where, message }];
    }
    if (reason !== "") return [];
    const message = `say why: # taffrail-ignore ${code}: <reason>`;
    return [{ code: "ignore-without-reason", severity: "error", file, line, where, message }];
  });
}
