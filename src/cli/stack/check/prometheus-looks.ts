import { askJson } from "../ask.ts";
import { listAt, textAt } from "../shape.ts";
import type { Look } from "./finding.ts";

/** Whether Prometheus reaches all it is to scrape. */
export function targetLook(url: URL): Look {
  return {
    part: "Prometheus",
    what: "targets are up",
    run: async () => {
      const targets = listAt(
        await askJson(url, "/api/v1/targets", { query: { state: "active" } }),
        "data",
        "activeTargets",
      );
      const down = targets.filter((target) => textAt(target, "health") === "down");
      const name = (target: unknown): string =>
        `${textAt(target, "labels", "service_name") || textAt(target, "labels", "job")} (${textAt(target, "scrapeUrl")})`;
      return {
        detail: `${targets.length} targets`,
        problems: [
          ...(targets.length === 0 ? ["no target: is there a file in stack/prometheus/targets?"] : []),
          ...down.map((target) => `${name(target)} is down: ${textAt(target, "lastError")}`),
        ],
      };
    },
  };
}

/** Whether Prometheus has an Alertmanager to send to. */
export function alertmanagerKnownLook(url: URL): Look {
  return {
    part: "Prometheus",
    what: "knows an Alertmanager",
    run: async () => {
      const active = listAt(await askJson(url, "/api/v1/alertmanagers"), "data", "activeAlertmanagers");
      const urls = active.map((one) => textAt(one, "url"));
      return {
        detail: urls.join(", "),
        problems: urls.length === 0 ? ["no Alertmanager is configured"] : [],
      };
    },
  };
}
