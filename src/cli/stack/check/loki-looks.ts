import { askJson } from "../ask.ts";
import { at, listAt, textAt } from "../shape.ts";
import type { Look } from "./finding.ts";

const minutes = 15;
// shared with docs/scaling.md: what a stream costs
const mostLabels = 6;
const mostStreams = 50;

/** Whether lines of each service arrive. */
export function arrivingLook(url: URL, services: readonly string[]): Look {
  return {
    part: "Loki",
    what: `lines arrived in the last ${minutes} minutes`,
    run: async () => {
      const query = `sum by (service_name) (count_over_time({service_name=~".+"} [${minutes}m]))`;
      const answer = await askJson(url, "/loki/api/v1/query", { query: { query } });
      const counts = new Map(
        listAt(answer, "data", "result").map((series) => [
          textAt(series, "metric", "service_name"),
          Number(at(series, "value", 1)),
        ]),
      );
      return {
        detail: [...counts].map(([name, count]) => `${name} ${count}`).join(", ") || "none",
        problems: [
          ...(counts.size === 0
            ? ["no line of any service: is the collector running, and reading the right files?"]
            : []),
          ...services.filter((name) => !counts.has(name)).map((name) => `no line of ${name}`),
        ],
      };
    },
  };
}

/** Whether labels are few: each set of values is a stream, and streams are what Loki pays for. */
export function labelLook(url: URL): Look {
  return {
    part: "Loki",
    what: `at most ${mostLabels} labels a stream and ${mostStreams} streams a service`,
    run: async () => {
      const streams = await recentStreams(url);
      const byService = new Map<string, number>();
      for (const stream of streams) {
        const name = textAt(stream, "service_name");
        byService.set(name, (byService.get(name) ?? 0) + 1);
      }
      // Loki itself adds the names that begin with two underscores.
      const labels = (stream: unknown): string[] =>
        Object.keys(Object(stream)).filter((name) => !name.startsWith("__"));
      const many = streams.filter((stream) => labels(stream).length > mostLabels);
      const widest = Math.max(0, ...streams.map((stream) => labels(stream).length));
      return {
        detail: `${streams.length} streams of ${byService.size} services, at most ${widest} labels`,
        problems: [
          ...[...new Set(many.map((stream) => `a stream with the labels ${labels(stream).join(", ")}`))],
          ...[...byService]
            .filter(([, count]) => count > mostStreams)
            .map(([name, count]) => `${name} has ${count} streams: a label has too many values`),
        ],
      };
    },
  };
}

async function recentStreams(url: URL): Promise<readonly unknown[]> {
  const start = String((Date.now() - 3_600_000) * 1_000_000);
  return listAt(
    await askJson(url, "/loki/api/v1/series", { query: { "match[]": '{service_name=~".+"}', start } }),
    "data",
  );
}
