import type { QueryResult } from "../../src/logql/result.ts";
import { dataBelow, textList } from "./http.ts";

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
  const ask = dataBelow(`${url}/loki/api/v1`);
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
      (await ask("query_range", {
        query: expr,
        parameters: {
          query: expr,
          start: nanoseconds(from),
          end: nanoseconds(to),
          step: step && step / 1000,
          limit,
          direction,
        },
        signal,
      })) as QueryResult,
    query: async ({ expr, time, limit, signal }: InstantQuery): Promise<QueryResult> =>
      (await ask("query", {
        query: expr,
        parameters: { query: expr, time: nanoseconds(time), limit },
        signal,
      })) as QueryResult,
    labels: async ({ from, to, signal }: LabelQuery): Promise<readonly string[]> =>
      textList(
        await ask("labels", {
          query: "label names",
          parameters: { start: nanoseconds(from), end: nanoseconds(to) },
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
          parameters: { start: nanoseconds(from), end: nanoseconds(to), query: selector || undefined },
          signal,
        }),
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
