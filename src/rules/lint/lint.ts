import type { AlertingRule, Rule, RuleFile } from "../rule-file.ts";
import type { FieldTable } from "./field-table.ts";
import type { TestedAlerts } from "./tested-alerts.ts";

export type Severity = "error" | "warning";

/** What a lint looks at: one rule, with what is known of fields and of tests. */
export interface LintSubject {
  readonly rule: Rule;
  readonly file: RuleFile;
  readonly fields: FieldTable;
  readonly tests: TestedAlerts;
}

/** Something a lint found. */
export interface Found {
  readonly message: string;
  /** Offset in the expression, where it is about one place in it. */
  readonly offset?: number;
}

/** One check of a rule. Its code is what a silencing comment names and where docs/lints.md explains it. */
export interface Lint {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence: what is wrong. */
  readonly summary: string;
  /** Why it matters, and what to do. */
  readonly explanation: string;
  /** A rule, as YAML, that has the fault, and the same rule without it. */
  readonly bad: string;
  readonly good: string;
  readonly check: (subject: LintSubject) => readonly Found[];
}

/** A finding as it is reported. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly file: string;
  readonly line: number;
  readonly where: string;
  readonly message: string;
}

export function isAlerting(rule: Rule): rule is AlertingRule {
  return rule.kind === "alert";
}
