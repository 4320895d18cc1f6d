import type { Dashboard } from "../grafana/dashboard.ts";
import type { RawTimeRange } from "../grafana/time-range.ts";
import { getJson, getText } from "./http.ts";

export interface ConsoleConfig {
  readonly version: string;
  /** Empty when the page's own server speaks Loki's API. */
  readonly lokiUrl: string;
  /** Null when no metrics can be asked for. */
  readonly prometheusUrl: string | null;
  readonly title: string;
  /** How far back pages look when they open, such as `15m`. */
  readonly range?: string;
}

export interface DashboardEntry {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly time?: RawTimeRange;
  readonly refresh?: string;
}

/** The addresses are relative to the page, so that the console works below a path. */
export async function fetchConfig(): Promise<ConsoleConfig> {
  const raw = (await getJson("config.json")) as Partial<ConsoleConfig>;
  return {
    version: raw.version ?? "",
    lokiUrl: (raw.lokiUrl || pageFolder()).replace(/\/$/, ""),
    prometheusUrl:
      raw.prometheusUrl === null || raw.prometheusUrl === undefined
        ? null
        : (raw.prometheusUrl || pageFolder()).replace(/\/$/, ""),
    title: raw.title ?? "Taffrail",
    ...(raw.range !== undefined && { range: raw.range }),
  };
}

export async function fetchDashboards(): Promise<readonly DashboardEntry[]> {
  return (await getJson("dashboards/index.json")) as readonly DashboardEntry[];
}

export async function fetchDashboard(uid: string, signal?: AbortSignal): Promise<Dashboard> {
  const path = `dashboards/${encodeURIComponent(uid)}.json`;
  return (await getJson(path, { query: `dashboard ${uid}`, signal })) as Dashboard;
}

export async function fetchRunbook(alert: string, signal?: AbortSignal): Promise<string> {
  return await getText(`runbooks/${encodeURIComponent(alert)}.md`, { query: `runbook of ${alert}`, signal });
}

function pageFolder(): string {
  return new URL(".", document.baseURI).href;
}
