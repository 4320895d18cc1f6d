import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { AlertsPage } from "../alerts/alerts-page.tsx";
import { countFiring } from "../alerts/rule-status.ts";
import { useRules } from "../alerts/use-rules.ts";
import type { ConsoleConfig, DashboardEntry } from "../api/console-files.ts";
import { createLoki } from "../api/loki.ts";
import { createPrometheus } from "../api/prometheus.ts";
import { DashboardPage } from "../boards/dashboard-page.tsx";
import { LogsPage } from "../logs/logs-page.tsx";
import { RequestPage } from "../logs/request-page.tsx";
import { useRoute } from "../route/use-route.ts";
import { Notice } from "../ui/notice.tsx";
import { useTheme } from "../ui/theme.ts";
import { useShortcuts } from "../ui/use-shortcuts.ts";
import { Navigator } from "./navigator.tsx";
import { openingTimes } from "./opening-times.ts";
import { Shortcuts, shortcutsOf } from "./shortcuts.tsx";
import { TopBar } from "./top-bar.tsx";
import { useClock } from "./use-clock.ts";

export interface ShellProps {
  readonly config: ConsoleConfig;
  readonly dashboards: readonly DashboardEntry[];
}

export function Shell({ config, dashboards }: ShellProps): JSX.Element {
  const navigation = useRoute();
  const [theme, toggleTheme] = useTheme();
  const [help, setHelp] = useState(false);
  const loki = useMemo(() => createLoki(config.lokiUrl), [config]);
  const prometheus = useMemo(
    () => (config.prometheusUrl === null ? undefined : createPrometheus(config.prometheusUrl)),
    [config],
  );
  const [, page = "", argument = ""] = navigation.path.split("/");
  const dashboard = page === "d" ? dashboards.find(({ uid }) => uid === argument) : undefined;
  const clock = useClock(navigation, openingTimes(config, dashboard));
  const rules = useRules(config);
  const shortcuts = shortcutsOf({
    navigation,
    dashboards,
    refresh: clock.refresh,
    toggleTheme,
    showHelp: () => setHelp(true),
  });
  useShortcuts(shortcuts);
  const title =
    page === "d"
      ? (dashboard?.title ?? argument)
      : page === "alerts"
        ? "Alerts"
        : page === "request"
          ? "Request"
          : "Logs";
  useEffect(() => {
    document.title = `${title} · ${config.title}`;
  }, [title]);
  return (
    <div class="shell">
      <Navigator {...{ config, dashboards, navigation }} firing={countFiring(rules.value ?? [])} />
      <TopBar
        {...{ title, navigation, clock, theme, toggleTheme }}
        hasTime={page !== "alerts" && page !== "request"}
        onHelp={() => setHelp(true)}
      />
      <main>
        {page === "" || page === "logs" ? (
          <LogsPage {...{ loki, navigation }} range={clock.range} version={clock.version} />
        ) : page === "alerts" ? (
          <AlertsPage rules={rules} navigation={navigation} />
        ) : page === "request" ? (
          <RequestPage
            loki={loki}
            id={decodeURIComponent(argument)}
            at={Number(navigation.parameters.get("at") ?? Date.now())}
          />
        ) : page === "d" ? (
          <DashboardPage uid={argument} {...{ loki, prometheus, navigation, theme }} {...clock} />
        ) : (
          <Notice title="There is no such page">{navigation.path}</Notice>
        )}
      </main>
      {help && <Shortcuts shortcuts={shortcuts} onClose={() => setHelp(false)} />}
    </div>
  );
}
