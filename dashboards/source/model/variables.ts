import type { Variable } from "./model.ts";
import { f, histogram } from "./names.ts";
import { lokiSource, prometheusSource } from "./queries.ts";

const chooseAll = {
  hide: 0,
  type: "query",
  refresh: 2,
  sort: 1,
  multi: true,
  includeAll: true,
  skipUrlSync: false,
  current: { text: "All", value: "$__all" },
  options: [],
} as const;

/** The services that log, and where they run. */
export const lokiVariables: readonly Variable[] = [
  fromLoki(f.service_name, "Service", { allValue: ".+" }),
  // `.*` and not `.+`: a line that is no JSON says nothing of where it was written.
  fromLoki(f.deployment_environment_name, "Environment", { allValue: ".*" }),
];

/** The services that are scraped, and where they run. */
export const prometheusVariables: readonly Variable[] = [
  // `.+`: a mark's query names it in a selector of Loki's, which wants one matcher that empty values don't pass.
  fromPrometheus(f.service_name, "Service", { allValue: ".+" }),
  fromPrometheus(f.deployment_environment_name, "Environment", {
    matchers: `${f.service_name}=~"$${f.service_name}"`,
  }),
];

/** The routes that are measured. */
export const routeVariable: Variable = fromPrometheus(f.http_route, "Route", {
  matchers: `${f.service_name}=~"$${f.service_name}"`,
});

/** A text that the user writes. */
export function textbox(
  name: string,
  label: string,
  { description, value }: { readonly description: string; readonly value: string },
): Variable {
  return {
    name,
    label,
    description,
    hide: 0,
    type: "textbox",
    query: value,
    skipUrlSync: false,
    current: { text: value, value },
    options: [{ text: value, value, selected: true }],
  };
}

function fromLoki(label: string, title: string, { allValue }: { readonly allValue: string }): Variable {
  return {
    ...chooseAll,
    name: label,
    label: title,
    description: `Values of the label ${label}.`,
    datasource: lokiSource,
    // Type 1 asks for the values of a label.
    query: { label, refId: "LokiVariableQueryEditor-VariableQuery", stream: "", type: 1 },
    definition: "",
    allValue,
  };
}

interface PrometheusChoice {
  /** Of the series whose values are offered. @default none */
  readonly matchers?: string;
  /** @default ".*" */
  readonly allValue?: string;
}

function fromPrometheus(
  label: string,
  title: string,
  { matchers = "", allValue = ".*" }: PrometheusChoice,
): Variable {
  const series = histogram("http_server_request_duration_seconds").count;
  const query = `label_values(${series}${matchers ? `{${matchers}}` : ""}, ${label})`;
  return {
    ...chooseAll,
    name: label,
    label: title,
    description: `Values of the label ${label}.`,
    datasource: prometheusSource,
    query: { query, refId: "PrometheusVariableQueryEditor-VariableQuery" },
    definition: query,
    allValue,
  };
}
