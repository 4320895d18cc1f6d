import type { Expression } from "../logql/index.ts";

/** A file of rule groups, as Loki's ruler and Prometheus read it. */
export interface RuleFile {
  readonly path: string;
  /** The language of its expressions; only LogQL is parsed and evaluated here. */
  readonly language: "logql" | "promql";
  readonly groups: readonly RuleGroup[];
}

export interface RuleGroup {
  readonly name: string;
  readonly line: number;
  /** Time between two evaluations; undefined leaves it to the ruler. */
  readonly intervalMs: number | undefined;
  /** Alerts or series that one rule may give; 0 is no limit. */
  readonly limit: number;
  readonly queryOffsetMs: number;
  readonly rules: readonly Rule[];
}

export type Rule = AlertingRule | RecordingRule;

interface RuleBase {
  readonly file: string;
  readonly group: string;
  readonly line: number;
  /** The line on which the value of `expr` begins. */
  readonly exprLine: number;
  readonly expr: string;
  /** The parsed expression; undefined for PromQL. */
  readonly expression: Expression | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

export interface AlertingRule extends RuleBase {
  readonly kind: "alert";
  readonly name: string;
  readonly forMs: number;
  readonly keepFiringForMs: number;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface RecordingRule extends RuleBase {
  readonly kind: "record";
  readonly name: string;
}
