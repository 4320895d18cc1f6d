import type { JSX } from "preact";
import { fetchRunbook } from "../api/console-files.ts";
import type { Alert } from "../api/rules.ts";
import { formatText } from "../grafana/units.ts";
import { visibleText } from "../grafana/visible-text.ts";
import { Markdown } from "../ui/markdown.tsx";
import { useAsync } from "../ui/use-async.ts";
import { type RuleStatus, type SeenRule, statusOf } from "./rule-status.ts";

/** A rule's alerts, its text, and what to do. */
export function RuleDetail({ rule }: { readonly rule: SeenRule }): JSX.Element {
  const { name, query, duration, alerts, annotations, lastError } = rule;
  const status = statusOf(rule);
  const runbook = useAsync(name, (signal) => fetchRunbook(name, signal));
  return (
    <article class="rule-detail" aria-label={name}>
      <h2>
        {name} <StateText rule={rule} />
      </h2>
      <p>{visibleText(alerts[0]?.annotations["summary"] ?? annotations["summary"] ?? "")}</p>
      {lastError !== "" && <p class="field-error">{lastError}</p>}
      {alerts.map((alert) => (
        <AlertNote key={JSON.stringify(alert.labels)} alert={alert} status={status} />
      ))}
      <h3>Rule</h3>
      <pre>{query}</pre>
      <p class="muted">
        {rule.source}, group {rule.group}; pending for {formatText(duration, "s")} before it fires
        {rule.keepFiringFor > 0 && `, kept firing for ${formatText(rule.keepFiringFor, "s")}`}
      </p>
      <h3>Runbook</h3>
      {runbook.value !== undefined && <Markdown text={runbook.value} />}
      {runbook.error && (
        <RunbookLink url={alerts[0]?.annotations["runbook_url"] ?? annotations["runbook_url"]} />
      )}
    </article>
  );
}

/** Where a rule's own runbook is: for rules that the kit did not bring. */
function RunbookLink({ url }: { readonly url: string | undefined }): JSX.Element {
  if (url === undefined || !/^https?:\/\//i.test(url))
    return <p class="muted">{url === undefined ? "This rule names no runbook." : visibleText(url)}</p>;
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {visibleText(url)}
    </a>
  );
}

export function StateText({ rule }: { readonly rule: SeenRule }): JSX.Element {
  const status = statusOf(rule);
  return <b class={`rule-state ${className(status)}`}>{status}</b>;
}

/** An alert of a heartbeat or a test is shown as its rule is; others each for themselves. */
function AlertNote({ alert, status }: { readonly alert: Alert; readonly status: RuleStatus }): JSX.Element {
  const shown = status === "heartbeat ok" || status === "test" ? status : alert.state;
  return (
    <section class={`alert ${className(shown)}`}>
      <p>
        <b class={`rule-state ${className(shown)}`}>{shown}</b> value <b>{formatText(Number(alert.value))}</b>{" "}
        since {new Date(alert.activeAt).toLocaleString("sv-SE")}
      </p>
      <p>{visibleText(alert.annotations["description"] ?? "")}</p>
      <p class="muted">
        {Object.entries(alert.labels)
          .map(([key, value]) => visibleText(`${key}=${value}`))
          .join("  ")}
      </p>
    </section>
  );
}

function className(status: RuleStatus): string {
  return status.replace(" ", "-");
}
