import type { Patch } from "../route/route.ts";
import { formatFilter, parseFilter, type Search } from "./log-query.ts";

/** What the logs page looks for, as its address says. */
export function readSearch(parameters: URLSearchParams): Search {
  return {
    services: parameters.getAll("service"),
    levels: parameters.getAll("level"),
    text: parameters.get("q") ?? "",
    filters: parameters.getAll("f").flatMap((text) => parseFilter(text) ?? []),
    custom: parameters.get("query") ?? undefined,
  };
}

/** A search with one filter more; the same filter the other way round goes. */
export function addFilter(search: Search, filter: Search["filters"][number]): Patch {
  if (filter.operator === "=" && filter.field === "service_name") return { service: [filter.value] };
  if (filter.operator === "=" && filter.field === "level") return { level: [filter.value] };
  const rest = search.filters.filter(({ field, value }) => field !== filter.field || value !== filter.value);
  return { f: [...rest, filter].map(formatFilter) };
}
