import { askJson } from "../ask.ts";
import { listAt, textAt } from "../shape.ts";
import type { Look, Seen } from "./finding.ts";

export interface GrafanaLooksOptions {
  readonly url: URL;
  /** Without it Grafana tells nothing. */
  readonly password: string | undefined;
  readonly user: string;
  /** Uids of dashboards that must be there. */
  readonly dashboards: readonly string[];
}

/** Whether Grafana has the data sources and the dashboards, and reaches the former. */
export function grafanaLooks(options: GrafanaLooksOptions): readonly Look[] {
  const { url, dashboards } = options;
  return [
    {
      part: "Grafana",
      what: "data sources answer",
      run: () => asUser(options, async (headers) => dataSources(url, headers)),
    },
    {
      part: "Grafana",
      what: "dashboards are there",
      run: () =>
        asUser(options, async (headers) => {
          const found = listAt(
            await askJson(url, "/api/search", { query: { type: "dash-db", limit: "5000" }, headers }),
          );
          const uids = new Set(found.map((dashboard) => textAt(dashboard, "uid")));
          const missing = dashboards.filter((uid) => !uids.has(uid));
          return {
            detail: `${dashboards.length - missing.length} of ${dashboards.length}`,
            problems: missing.map((uid) => `${uid} is not there`),
          };
        }),
    },
  ];
}

type Headers = Readonly<Record<string, string>>;

async function asUser(
  { user, password }: GrafanaLooksOptions,
  look: (headers: Headers) => Promise<Seen>,
): Promise<Seen> {
  if (!password) return { detail: "GRAFANA_ADMIN_PASSWORD is not set", skipped: true };
  return look({ authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` });
}

// Tempo is a profile's, and need not run.
const needed: readonly string[] = ["loki", "prometheus", "alertmanager"];

async function dataSources(url: URL, headers: Headers): Promise<Seen> {
  const uids = listAt(await askJson(url, "/api/datasources", { headers })).map((source) =>
    textAt(source, "uid"),
  );
  const problems: string[] = needed.filter((uid) => !uids.includes(uid)).map((uid) => `${uid} is not there`);
  for (const uid of ["loki", "prometheus"].filter((name) => uids.includes(name))) {
    const state = await askJson(url, `/api/datasources/uid/${uid}/health`, { headers }).catch(
      (error: Error) => ({
        message: error.message,
      }),
    );
    if (textAt(state, "status") !== "OK")
      problems.push(`${uid} does not answer: ${textAt(state, "message")}`);
  }
  return { detail: uids.join(", "), problems };
}
