import type { QueryResult } from "../../src/logql/result.ts";
import { getJson } from "./http.ts";

export interface RangeQuery {
  readonly expr: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds. */
  readonly step?: number;
  readonly limit?: number;
  readonly direction?: "forward" | "backward";
  readonly signal?: AbortSignal | undefined;
}

export interface InstantQuery {
  readonly expr: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly limit?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface LabelQuery {
  readonly selector?: string;
  readonly from: number;
  readonly to: number;
  readonly signal?: AbortSignal | undefined;
}

export type Loki = ReturnType<typeof createLoki>;

/** Loki's HTTP API below an address; the empty one is the page's own server. */
export function createLoki(url: string) {
  const ask = async (
    path: string,
    query: string,
    parameters: Readonly<Record<string, string | number | undefined>>,
    signal?: AbortSignal,
  ) =>
    (
      (await getJson(`${url}/loki/api/v1/${path}`, { query, parameters, signal })) as {
        readonly data: unknown;
      }
    ).data;
  return {
    queryRange: async ({
      expr,
      from,
      to,
      step,
      limit,
      direction,
      signal,
    }: RangeQuery): Promise<QueryResult> =>
      (await ask(
        "query_range",
        expr,
        {
          query: expr,
          start: nanoseconds(from),
          end: nanoseconds(to),
          step: step && step / 1000,
          limit,
          direction,
        },
        signal,
      )) as QueryResult,
    query: async ({ expr, time, limit, signal }: InstantQuery): Promise<QueryResult> =>
      (await ask("query", expr, { query: expr, time: nanoseconds(time), limit }, signal)) as QueryResult,
    labels: async ({ from, to, signal }: LabelQuery): Promise<readonly string[]> =>
      list(await ask("labels", "label names", { start: nanoseconds(from), end: nanoseconds(to) }, signal)),
    labelValues: async (
      label: string,
      { selector, from, to, signal }: LabelQuery,
    ): Promise<readonly string[]> =>
      list(
        await ask(
          `label/${encodeURIComponent(label)}/values`,
          `values of ${label}${selector ? ` in ${selector}` : ""}`,
          { start: nanoseconds(from), end: nanoseconds(to), query: selector || undefined },
          signal,
        ),
      ),
    tailUrl: (expr: string, from: number): string => {
      const base = new URL(`${url}/loki/api/v1/tail`, document.baseURI);
      base.protocol = base.protocol === "https:" ? "wss:" : "ws:";
      base.search = String(new URLSearchParams({ query: expr, start: nanoseconds(from), limit: "500" }));
      return base.href;
    },
  };
}

/** Milliseconds as the text of nanoseconds. */
export function nanoseconds(ms: number): string {
  return `${Math.round(ms)}000000`;
}

/** Loki leaves `data` out when there is nothing. */
function list(data: unknown): readonly string[] {
  return Array.isArray(data) ? data.map(String) : [];
}
