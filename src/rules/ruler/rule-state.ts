import type { AlertState } from "../alert-state.ts";
import type { Sample } from "../instant-query.ts";
import type { AlertingRule, RecordingRule } from "../rule-file.ts";

interface Evaluated {
  evaluatedMs: number | undefined;
  evaluationSeconds: number;
  /** Why the last evaluation failed. */
  error: string | undefined;
}

/** A rule, with what its last evaluation left. */
export type RuleState = Evaluated &
  (
    | { readonly rule: AlertingRule; readonly alerts: AlertState }
    | { readonly rule: RecordingRule; samples: readonly Sample[] }
  );
