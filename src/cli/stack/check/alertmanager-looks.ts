import { askJson } from "../ask.ts";
import { listAt, textAt } from "../shape.ts";
import type { Look } from "./finding.ts";

/** Whether the alerts that always fire have come as far as Alertmanager. */
export function heartbeatLook(url: URL, heartbeats: readonly string[]): Look {
  return {
    part: "Alertmanager",
    what: "heartbeats are there",
    run: async () => {
      const alerts = await askJson(url, "/api/v2/alerts", { query: { active: "true" } });
      const names = new Set(listAt(alerts).map((alert) => textAt(alert, "labels", "alertname")));
      const missing = heartbeats.filter((name) => !names.has(name));
      return {
        detail: heartbeats.filter((name) => names.has(name)).join(", ") || "none",
        problems: missing.map((name) => `${name} is not: a stack that has just started needs two minutes`),
      };
    },
  };
}
