import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expandGlob } from "../../rules/index.ts";

export interface DashboardFile {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
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

function readDashboard(path: string): DashboardFile | undefined {
  try {
    const text = readFileSync(path, "utf8");
    const { uid, title, tags } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const name = basename(path, ".json");
    return {
      uid: typeof uid === "string" && uid !== "" ? uid : name,
      title: typeof title === "string" ? title : name,
      tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [],
      text,
    };
  } catch {
    return undefined; // Half written, or no JSON: the others still show.
  }
}
