import type { QueryData } from "../grafana/query-frames.ts";
import { getJson } from "./http.ts";
import type { InstantQuery, LabelQuery, RangeQuery } from "./loki.ts";

export type Prometheus = ReturnType<typeof createPrometheus>;

/** Prometheus' HTTP API below an address. */
export function createPrometheus(url: string) {
  const ask = async (
    path: string,
    query: string,
    parameters: Readonly<Record<string, string | number | undefined>>,
    signal?: AbortSignal,
  ) =>
    ((await getJson(`${url}/api/v1/${path}`, { query, parameters, signal })) as { readonly data: unknown })
      .data;
  return {
    queryRange: async ({ expr, from, to, step = 15_000, signal }: RangeQuery): Promise<QueryData> =>
      (await ask(
        "query_range",
        expr,
        { query: expr, start: from / 1000, end: to / 1000, step: step / 1000 },
        signal,
      )) as QueryData,
    query: async ({ expr, time, signal }: InstantQuery): Promise<QueryData> =>
      (await ask("query", expr, { query: expr, time: time / 1000 }, signal)) as QueryData,
    labels: async ({ from, to, signal }: LabelQuery): Promise<readonly string[]> =>
      list(await ask("labels", "label names", { start: from / 1000, end: to / 1000 }, signal)),
    labelValues: async (
      label: string,
      { selector, from, to, signal }: LabelQuery,
    ): Promise<readonly string[]> =>
      list(
        await ask(
          `label/${encodeURIComponent(label)}/values`,
          `values of ${label}${selector ? ` in ${selector}` : ""}`,
          { start: from / 1000, end: to / 1000, "match[]": selector || undefined },
          signal,
        ),
      ),
  };
}

function list(data: unknown): readonly string[] {
  return Array.isArray(data) ? data.map(String) : [];
}
