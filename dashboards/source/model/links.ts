import type { FieldName } from "../../../src/contract/fields.ts";
import type { DataLink } from "./model.ts";
import { f } from "./names.ts";

const timeRange = "from=${__from}&to=${__to}";

const sameServices = [f.service_name, f.deployment_environment_name].map((name) => `\${${name}:queryparam}`);

/** To another dashboard of ours: same time, same services, and variables filled from the labels of what was clicked. */
export function toDashboard(
  title: string,
  name: string,
  variables: Readonly<Record<string, FieldName>>,
): DataLink {
  const filled = Object.entries(variables).map(
    ([variable, label]) => `var-${variable}=\${__field.labels.${label}:percentencode}`,
  );
  return { title, url: `/d/taffrail-${name}?${[...sameServices, ...filled, timeRange].join("&")}` };
}

/** Of a table's column with trace ids: the trace in Tempo. */
export const toTrace: DataLink = {
  title: "Trace",
  url: `/explore?schemaVersion=1&panes=${encodeURIComponent(
    JSON.stringify({
      trace: {
        datasource: "tempo",
        queries: [
          { refId: "A", datasource: { type: "tempo", uid: "tempo" }, queryType: "traceql", query: "TRACE" },
        ],
        range: { from: "now-1h", to: "now" },
      },
    }),
  ).replace("TRACE", "${__value.raw}")}&orgId=1`,
};

/** Of a column with request ids: every line of that request, of all services. */
export const toRequest: DataLink = {
  title: "All lines of this request",
  url: `/d/taffrail-request-explorer?var-id=\${__value.raw}&${timeRange}`,
};
