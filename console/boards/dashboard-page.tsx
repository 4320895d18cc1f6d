import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { fetchDashboard } from "../api/console-files.ts";
import type { Loki } from "../api/loki.ts";
import type { Prometheus } from "../api/prometheus.ts";
import type { Dashboard } from "../grafana/dashboard.ts";
import type { RawTimeRange, TimeRange } from "../grafana/time-range.ts";
import { variablesOf } from "../grafana/variable.ts";
import type { PanelContext } from "../panels/panel-context.ts";
import type { Navigation } from "../route/use-route.ts";
import { ErrorNotice } from "../ui/notice.tsx";
import type { Theme } from "../ui/theme.ts";
import { useAsync } from "../ui/use-async.ts";
import { Grid } from "./grid.tsx";
import { loadAnnotations } from "./load-annotations.ts";
import { loadVariables, valuesOf } from "./load-variables.ts";
import { VariableBar } from "./variable-bar.tsx";

export interface DashboardPageProps {
  readonly uid: string;
  readonly loki: Loki;
  readonly prometheus: Prometheus | undefined;
  readonly navigation: Navigation;
  readonly range: TimeRange;
  readonly rawRange: RawTimeRange;
  readonly version: number;
  readonly theme: Theme;
}

export function DashboardPage(props: DashboardPageProps): JSX.Element {
  const { value, error } = useAsync(props.uid, (signal) => fetchDashboard(props.uid, signal));
  if (error) return <ErrorNotice error={error} what="The dashboard can't be read" />;
  if (!value || value.uid !== props.uid) return <div class="page" aria-busy="true" />;
  return <Board key={value.uid} dashboard={value} {...props} />;
}

const none: PanelContext["annotations"] = [];

function Board({
  dashboard,
  loki,
  prometheus,
  navigation,
  range,
  rawRange,
  version,
  theme,
}: DashboardPageProps & { readonly dashboard: Dashboard }): JSX.Element {
  const chosen = [...navigation.parameters].filter(([key]) => key.startsWith("var-"));
  const variables = useAsync(JSON.stringify([dashboard.uid, chosen, rawRange, version]), (signal) =>
    loadVariables(variablesOf(dashboard), navigation.parameters, { loki, prometheus, range, signal }),
  );
  const values = useMemo(() => valuesOf(variables.value ?? []), [variables.value]);
  const annotations = useAsync(variables.value && JSON.stringify([values, rawRange, version]), (signal) =>
    loadAnnotations(dashboard.annotations?.list ?? [], { loki, range, variables: values, signal }),
  );
  const context: PanelContext = {
    loki,
    prometheus,
    range,
    rawRange,
    variables: values,
    annotations: annotations.value?.marks ?? none,
    theme,
    version,
    onRange: ({ from, to }) => navigation.change({ from, to }),
  };
  return (
    <div class="page board" data-uid={dashboard.uid}>
      {variables.value && <VariableBar variables={variables.value} navigation={navigation} />}
      {variables.error && <ErrorNotice error={variables.error} what="The variables can't be filled in" />}
      {annotations.value?.failed.map(({ name, reason }) => (
        <p key={name} class="panel-warning" role="status">
          The marks “{name}” are not shown, their query failed: {reason}
        </p>
      ))}
      {variables.value && <Grid dashboard={dashboard} context={context} />}
    </div>
  );
}
