import type { InstantQuery } from "./instant-query.ts";

/** What an evaluation needs beside the rule. */
export interface RuleEnvironment {
  readonly query: InstantQuery;
  /** Alerts or series a rule may give; 0 is no limit. */
  readonly limit: number;
  readonly queryOffsetMs: number;
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly externalUrl: string;
}

/** What the templates of an alert may speak of. */
export interface TemplateContext extends RuleEnvironment {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly nowMs: number;
}
