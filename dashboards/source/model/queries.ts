import type { DatasourceRef, Target } from "./model.ts";

/** The data sources, by the uids under which stack/ provisions them. */
export const lokiSource: DatasourceRef = { type: "loki", uid: "loki" };
export const prometheusSource: DatasourceRef = { type: "prometheus", uid: "prometheus" };

/** A query before it has its letter. */
export type Query = Omit<Target, "refId">;

export interface QueryOptions {
  /** What a series is called: `{{http_route}}`. */
  readonly legend?: string;
  /** One value for the whole time range, in place of one a step. */
  readonly instant?: boolean;
}

/** A LogQL query. */
export function loki(expr: string, { legend, instant = false }: QueryOptions = {}): Query {
  return {
    datasource: lokiSource,
    editorMode: "code",
    expr,
    ...(legend === undefined ? {} : { legendFormat: legend }),
    queryType: instant ? "instant" : "range",
  };
}

/** A LogQL query for lines, the newest first. */
export function lokiLines(expr: string, maxLines = 200): Query {
  return { ...loki(expr), maxLines };
}

/** A PromQL query. `exemplars` shows the traces that a histogram's buckets keep. */
export function prometheus(
  expr: string,
  { legend, instant = false, exemplars = false }: QueryOptions & { readonly exemplars?: boolean } = {},
): Query {
  return {
    datasource: prometheusSource,
    editorMode: "code",
    expr,
    ...(legend === undefined ? {} : { legendFormat: legend }),
    instant,
    range: !instant,
    format: instant ? "table" : "time_series",
    ...(exemplars ? { exemplar: true } : {}),
  };
}

/** Give each query its letter: A, B, C … */
export function targetsOf(queries: readonly Query[]): Target[] {
  return queries.map((query, index) => ({ refId: String.fromCharCode(65 + index), ...query }));
}
