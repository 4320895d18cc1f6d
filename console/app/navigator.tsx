import type { JSX } from "preact";
import type { ConsoleConfig, DashboardEntry } from "../api/console-files.ts";
import { formatRoute } from "../route/route.ts";
import type { Navigation } from "../route/use-route.ts";
import { Icon, type IconName } from "../ui/icon.tsx";

export interface NavigatorProps {
  readonly config: ConsoleConfig;
  readonly dashboards: readonly DashboardEntry[];
  readonly navigation: Navigation;
  readonly firing: number;
}

export function Navigator({ config, dashboards, navigation, firing }: NavigatorProps): JSX.Element {
  const { path, parameters } = navigation;
  const time = {
    from: parameters.get("from") ?? undefined,
    to: parameters.get("to") ?? undefined,
    refresh: parameters.get("refresh") ?? undefined,
  };
  const item = (to: string, icon: IconName, text: string, count = 0): JSX.Element => (
    <a
      key={to}
      href={formatRoute(to, time)}
      title={text}
      aria-current={path === to || (path === "/" && to === "/logs") ? "page" : undefined}
    >
      <Icon name={icon} />
      <span>{text}</span>
      {count > 0 && <b class="badge">{count}</b>}
    </a>
  );
  return (
    <nav aria-label="Pages">
      <h1>{config.title}</h1>
      {item("/logs", "logs", "Logs")}
      {item("/alerts", "alerts", "Alerts", firing)}
      <h2>Dashboards</h2>
      {dashboards.map(({ uid, title }) => item(`/d/${uid}`, "dashboard", title.replace(/^Taffrail \/ /, "")))}
      <footer>Taffrail {config.version}</footer>
    </nav>
  );
}
