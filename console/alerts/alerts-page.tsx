import type { JSX } from "preact";
import { fetchRunbook } from "../api/console-files.ts";
import type { AlertRule } from "../api/rules.ts";
import { formatText } from "../grafana/units.ts";
import type { Navigation } from "../route/use-route.ts";
import { Markdown } from "../ui/markdown.tsx";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import type { Loadable } from "../ui/use-async.ts";
import { useAsync } from "../ui/use-async.ts";

export interface AlertsPageProps {
  readonly rules: Loadable<readonly AlertRule[]>;
  readonly navigation: Navigation;
}

const order = { firing: 0, pending: 1, inactive: 2 } as const;

export function AlertsPage({ rules, navigation }: AlertsPageProps): JSX.Element {
  const name = navigation.parameters.get("rule");
  const sorted = (rules.value ?? []).toSorted(
    (a, b) => order[a.state] - order[b.state] || a.name.localeCompare(b.name),
  );
  const open = sorted.find((rule) => rule.name === name);
  return (
    <div class="page alerts-page">
      {rules.error && <ErrorNotice error={rules.error} what="The rules can't be read" />}
      {rules.value?.length === 0 && (
        <Notice title="No alert rules">The server has none. The kit's own rules run by default.</Notice>
      )}
      <div class="rules" role="listbox" aria-label="Alert rules">
        {sorted.map((rule) => (
          <button
            key={`${rule.group} ${rule.name}`}
            type="button"
            role="option"
            class={`rule ${rule.state}`}
            aria-selected={rule === open}
            data-rule={rule.name}
            onClick={() => navigation.change({ rule: rule.name })}
          >
            <b class="rule-state">{rule.state}</b>
            <span class="rule-name">{rule.name}</span>
            <span class="muted">
              {rule.alerts.length > 0
                ? `${rule.alerts.length} · since ${since(rule)}`
                : (rule.labels["severity"] ?? "")}
            </span>
          </button>
        ))}
      </div>
      {open ? (
        <Rule rule={open} />
      ) : (
        <Notice icon="alerts" title={sentence(sorted)}>
          Choose a rule to see its query, its alerts and its runbook.
        </Notice>
      )}
    </div>
  );
}

function Rule({ rule }: { readonly rule: AlertRule }): JSX.Element {
  const { name, query, duration, alerts, annotations, lastError } = rule;
  const runbook = useAsync(name, (signal) => fetchRunbook(name, signal));
  return (
    <article class="rule-detail">
      <h2>
        {name} <b class={`rule-state ${rule.state}`}>{rule.state}</b>
      </h2>
      <p>{alerts[0]?.annotations["summary"] ?? annotations["summary"]}</p>
      {lastError !== "" && <p class="field-error">{lastError}</p>}
      {alerts.map((alert) => (
        <section key={JSON.stringify(alert.labels)} class={`alert ${alert.state}`}>
          <p>
            <b class={`rule-state ${alert.state}`}>{alert.state}</b> value{" "}
            <b>{formatText(Number(alert.value))}</b> since {new Date(alert.activeAt).toLocaleString("sv-SE")}
          </p>
          <p>{alert.annotations["description"]}</p>
          <p class="muted">
            {Object.entries(alert.labels)
              .map(([key, value]) => `${key}=${value}`)
              .join("  ")}
          </p>
        </section>
      ))}
      <h3>Rule</h3>
      <pre>{query}</pre>
      <p class="muted">
        {rule.source}, group {rule.group}; pending for {formatText(duration, "s")} before it fires
        {rule.keepFiringFor > 0 && `, kept firing for ${formatText(rule.keepFiringFor, "s")}`}
      </p>
      <h3>Runbook</h3>
      {runbook.value !== undefined && <Markdown text={runbook.value} />}
      {runbook.error && <p class="muted">There is no runbook of this name.</p>}
    </article>
  );
}

function since(rule: AlertRule): string {
  const [first = ""] = rule.alerts.map(({ activeAt }) => activeAt).toSorted();
  return new Date(first).toLocaleTimeString("sv-SE");
}

function sentence(rules: readonly AlertRule[]): string {
  const firing = rules.filter(
    ({ state, labels }) => state === "firing" && labels["severity"] !== "none",
  ).length;
  return firing === 0 ? "Nothing fires" : `${firing} ${firing === 1 ? "rule fires" : "rules fire"}`;
}
