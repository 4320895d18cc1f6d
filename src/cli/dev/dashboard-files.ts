import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { displayPath, expandGlob } from "../../rules/index.ts";

export interface DashboardFile {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  /** The range it opens with. */
  readonly time: { readonly from: string; readonly to: string } | undefined;
  readonly refresh: string | undefined;
  readonly text: string;
}

/** The dashboards that patterns name, read anew each time: an edit shows at the next load. A later one of the same uid wins. */
export function readDashboards(patterns: readonly string[]): DashboardFile[] {
  const found = new Map<string, DashboardFile>();
  for (const path of patterns.flatMap(expandGlob)) {
    const dashboard = readDashboard(path);
    if (dashboard) found.set(dashboard.uid, dashboard);
  }
  return [...found.values()];
}

/** Why a file is no dashboard, for people; undefined where it is one. */
export function dashboardProblem(path: string): string | undefined {
  try {
    parseDashboard(path);
    return undefined;
  } catch (error) {
    return `${displayPath(path)}: no dashboard: ${(error as Error).message}`;
  }
}

function readDashboard(path: string): DashboardFile | undefined {
  try {
    return parseDashboard(path);
  } catch {
    return undefined; // Half written, or none: it was said at the start, and the others still show.
  }
}

function parseDashboard(path: string): DashboardFile {
  const text = readFileSync(path, "utf8");
  const value = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
  if (!Array.isArray(value?.["panels"])) throw new Error(classic);
  const { uid, title, tags, time, refresh } = value;
  const name = basename(path, ".json");
  return {
    uid: typeof uid === "string" && uid !== "" ? uid : name,
    title: typeof title === "string" ? title : name,
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [],
    time: timeOf(time),
    refresh: typeof refresh === "string" ? refresh : undefined,
    text,
  };
}

function timeOf(time: unknown): DashboardFile["time"] {
  const { from, to } = (time ?? {}) as { readonly from?: unknown; readonly to?: unknown };
  return typeof from === "string" && typeof to === "string" ? { from, to } : undefined;
}

const classic = "expected Grafana's classic JSON, an object with panels";
