import type { QueryData } from "../grafana/query-frames.ts";
import { dataBelow, textList } from "./http.ts";
import type { InstantQuery, LabelQuery, RangeQuery } from "./loki.ts";

export type Prometheus = ReturnType<typeof createPrometheus>;

/** Prometheus' HTTP API below an address. */
export function createPrometheus(url: string) {
  const ask = dataBelow(`${url}/api/v1`);
  return {
    queryRange: async ({ expr, from, to, step = 15_000, signal }: RangeQuery): Promise<QueryData> =>
      (await ask("query_range", {
        query: expr,
        parameters: { query: expr, start: from / 1000, end: to / 1000, step: step / 1000 },
        signal,
      })) as QueryData,
    query: async ({ expr, time, signal }: InstantQuery): Promise<QueryData> =>
      (await ask("query", {
        query: expr,
        parameters: { query: expr, time: time / 1000 },
        signal,
      })) as QueryData,
    labels: async ({ from, to, signal }: LabelQuery): Promise<readonly string[]> =>
      textList(
        await ask("labels", {
          query: "label names",
          parameters: { start: from / 1000, end: to / 1000 },
          signal,
        }),
      ),
    labelValues: async (
      label: string,
      { selector, from, to, signal }: LabelQuery,
    ): Promise<readonly string[]> =>
      textList(
        await ask(`label/${encodeURIComponent(label)}/values`, {
          query: `values of ${label}${selector ? ` in ${selector}` : ""}`,
          parameters: { start: from / 1000, end: to / 1000, "match[]": selector || undefined },
          signal,
        }),
      ),
  };
}
