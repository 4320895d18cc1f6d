import type { JSX } from "preact";
import {
  type ConsoleConfig,
  type DashboardEntry,
  fetchConfig,
  fetchDashboards,
} from "../api/console-files.ts";
import { ErrorNotice } from "../ui/notice.tsx";
import { useAsync } from "../ui/use-async.ts";
import { Shell } from "./shell.tsx";

interface Start {
  readonly config: ConsoleConfig;
  readonly dashboards: readonly DashboardEntry[];
}

async function load(): Promise<Start> {
  const [config, dashboards] = await Promise.all([fetchConfig(), fetchDashboards()]);
  return { config, dashboards };
}

export function App(): JSX.Element {
  const { value, error } = useAsync("start", load);
  if (error) return <ErrorNotice error={error} what="The console can't start" />;
  return value ? <Shell {...value} /> : <div aria-busy="true" />;
}
