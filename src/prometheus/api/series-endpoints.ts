import { childrenOf, type Expression, type Matcher, parsePromql } from "../../promql/index.ts";
import { ApiFailure, withParameter } from "./api-failure.ts";
import type { ApiCall, ApiContext, Endpoint } from "./endpoint.ts";

/** /api/v1/labels */
export const labels: Endpoint = (call, context) => {
  const names = new Set(found(call, context).flatMap((series) => [...series.labels.names]));
  return limited([...names].sort(), call);
};

/** /api/v1/label/NAME/values */
export const labelValues: Endpoint = (call, context) => {
  const values = new Set(found(call, context).flatMap((series) => series.labels.get(call.name) ?? []));
  return limited([...values].sort(), call);
};

/** /api/v1/series */
export const series: Endpoint = (call, context) => {
  if (call.parameters.selectors().length === 0)
    throw new ApiFailure("bad_data", "no match[] parameter provided");
  return limited(
    found(call, context).map((each) => each.labels.toObject()),
    call,
  );
};

/** /api/v1/metadata */
export const metadata: Endpoint = ({ parameters }, context) => {
  const metric = parameters.text("metric");
  const wanted = context.metadata.entries().filter(([name]) => metric === "" || name === metric);
  return Object.fromEntries(
    wanted.slice(0, parameters.limit("limit")).map(([name, family]) => [name, [family]]),
  );
};

/** /api/v1/query_exemplars */
export const exemplars: Endpoint = ({ parameters }, context) => {
  const range = { startMs: parameters.time("start", 0), endMs: parameters.time("end", parameters.nowMs) };
  const groups = new Map<string, { seriesLabels: object; exemplars: object[] }>();
  for (const each of context.exemplars.select(selectorsOf(parameters.text("query")), range)) {
    const group = groups.get(each.series.key) ?? { seriesLabels: each.series.toObject(), exemplars: [] };
    groups.set(each.series.key, group);
    group.exemplars.push({ labels: each.labels, value: String(each.value), timestamp: each.timeMs / 1000 });
  }
  return [...groups.values()];
};

// Of the series that have a sample in the time asked for.
function found({ parameters }: ApiCall, { store }: ApiContext): ReturnType<ApiContext["store"]["select"]> {
  const startMs = parameters.time("start", -Infinity);
  const endMs = parameters.time("end", Infinity);
  const selectors = parameters.selectors();
  const all =
    selectors.length === 0 ? store.select([]) : selectors.flatMap((matchers) => store.select(matchers));
  return [...new Set(all)].filter(({ oldestMs, newestMs }) => oldestMs <= endMs && newestMs >= startMs);
}

function limited<T>(items: readonly T[], { parameters }: ApiCall): readonly T[] {
  return items.slice(0, parameters.limit("limit"));
}

function selectorsOf(query: string): (readonly Matcher[])[] {
  const visit = (node: Expression): (readonly Matcher[])[] =>
    node.kind === "selector" ? [node.matchers] : childrenOf(node).flatMap(visit);
  try {
    return visit(parsePromql(query));
  } catch (error) {
    throw withParameter(error, "query");
  }
}
