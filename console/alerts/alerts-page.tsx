import type { JSX } from "preact";
import type { Navigation } from "../route/use-route.ts";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import type { Loadable } from "../ui/use-async.ts";
import { RuleDetail, StateText } from "./rule-detail.tsx";
import { byUrgency, countFiring, keyOf, type SeenRule, statusOf } from "./rule-status.ts";

export interface AlertsPageProps {
  readonly rules: Loadable<readonly SeenRule[]>;
  readonly navigation: Navigation;
}

export function AlertsPage({ rules, navigation }: AlertsPageProps): JSX.Element {
  const name = navigation.parameters.get("rule");
  const sorted = byUrgency(rules.value ?? []);
  const open = sorted.find((rule) => rule.name === name);
  return (
    <div class="page alerts-page">
      {rules.error && <ErrorNotice error={rules.error} what="The rules can't be read" />}
      {rules.value?.length === 0 && (
        <Notice title="No alert rules">The server has none. The kit's own rules run by default.</Notice>
      )}
      <ul class="rules" aria-label="Alert rules">
        {sorted.map((rule) => (
          <li key={keyOf(rule)}>
            <button
              type="button"
              class="rule"
              aria-pressed={rule === open}
              data-rule={rule.name}
              onClick={() => navigation.change({ rule: rule.name })}
            >
              <StateText rule={rule} />
              <span class="rule-name">{rule.name}</span>
              <span class="muted">{aside(rule)}</span>
            </button>
          </li>
        ))}
      </ul>
      {open ? (
        <RuleDetail rule={open} />
      ) : (
        <Notice icon="alerts" title={sentence(countFiring(sorted))}>
          Choose a rule to see its query, its alerts and its runbook.
        </Notice>
      )}
    </div>
  );
}

function aside(rule: SeenRule): string {
  const { alerts, labels, resolvedAtMs } = rule;
  if (statusOf(rule) === "resolved") return `since ${clock(resolvedAtMs ?? 0)}`;
  if (alerts.length === 0) return labels["severity"] ?? "";
  const [first = ""] = alerts.map(({ activeAt }) => activeAt).toSorted();
  return `${alerts.length} · since ${clock(first)}`;
}

function clock(time: string | number): string {
  return new Date(time).toLocaleTimeString("sv-SE");
}

function sentence(firing: number): string {
  return firing === 0 ? "Nothing fires" : `${firing} ${firing === 1 ? "rule fires" : "rules fire"}`;
}
