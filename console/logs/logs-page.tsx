import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Loki } from "../api/loki.ts";
import type { TimeRange } from "../grafana/time-range.ts";
import type { Navigation } from "../route/use-route.ts";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import { useAsync } from "../ui/use-async.ts";
import { toLogql } from "./log-query.ts";
import { LogView } from "./log-view.tsx";
import { LogsBar } from "./logs-bar.tsx";
import { groupRepeats, joinTraces } from "./rows.ts";
import { addFilter, readSearch } from "./search.ts";
import { type Lines, lineLimit, useLines } from "./use-lines.ts";
import { Volume } from "./volume.tsx";

export interface LogsPageProps {
  readonly loki: Loki;
  readonly navigation: Navigation;
  readonly range: TimeRange;
  readonly version: number;
}

export function LogsPage({ loki, navigation, range, version }: LogsPageProps): JSX.Element {
  const { parameters, change } = navigation;
  const search = readSearch(parameters);
  const logql = toLogql(search);
  const lines = useLines({ loki, logql, range, version, live: parameters.get("live") === "1" });
  const services = useAsync(JSON.stringify(range), (signal) =>
    loki.labelValues("service_name", { ...range, signal }),
  );
  const [grouped, oldest] = [parameters.get("group") === "1", parameters.get("oldest") === "1"];
  const rows = useMemo(() => {
    const joined = joinTraces(lines.value ?? []);
    const shown = grouped ? groupRepeats(joined) : joined;
    return oldest ? shown : shown.toReversed();
  }, [lines.value, grouped, oldest]);
  return (
    <div class="page logs-page" aria-busy={lines.loading}>
      <LogsBar navigation={navigation} search={search} services={services.value ?? []} logql={logql} />
      <Volume
        loki={loki}
        logql={logql}
        range={range}
        version={version}
        onRange={({ from, to }) => change({ from, to })}
      />
      <p class="log-state">{stateText(lines, rows.length)}</p>
      {lines.error ? (
        <ErrorNotice error={lines.error} what="The query failed" />
      ) : rows.length === 0 && !lines.loading ? (
        <Notice title="No lines">
          <Why logql={logql} />
        </Notice>
      ) : (
        <LogView
          rows={rows}
          columns={parameters.getAll("column")}
          onFilter={(filter) => change({ ...addFilter(search, filter), query: undefined })}
          onColumn={(name) => change({ column: [...new Set([...parameters.getAll("column"), name])] })}
        />
      )}
    </div>
  );
}

function Why({ logql }: { readonly logql: string }): JSX.Element {
  return (
    <>
      Nothing in this time range matches <code>{logql}</code>. A wider range, or fewer filters, may.
    </>
  );
}

function stateText({ value = [], tail, leftOut }: Lines, rows: number): string {
  const count = `${value.length} lines${rows === value.length ? "" : ` in ${rows} rows`}`;
  const cut = value.length === lineLimit ? ", the newest of more" : "";
  const live =
    tail === undefined
      ? ""
      : tail.state === "live"
        ? ` · live${leftOut ? ", faster than can be shown" : ""}`
        : tail.state === "lost"
          ? " · connection lost, trying again"
          : " · connecting";
  return count + cut + live;
}
