import { dashboard } from "../model/dashboard.ts";
import { line } from "../model/layout.ts";
import type { Dashboard } from "../model/model.ts";
import { f } from "../model/names.ts";
import { logs, stat, table } from "../model/panels.ts";
import { loki, lokiLines } from "../model/queries.ts";
import { requestTable } from "../model/request-table.ts";
import { textbox } from "../model/variables.ts";

const everyone = `{${f.service_name}=~".+"}`;
// The ids are structured metadata of a line: found by index, and on lines whose text doesn't hold them as well.
const found = `${everyone} | ${f.request_id}="$id" or ${f.trace_id}="$id"`;
const exchanges = `${found} |= \`"http.server.request"\``;

/** One request, through all services: every line that carries its id. */
export const requestExplorer: Dashboard = dashboard({
  name: "request-explorer",
  title: "Request explorer",
  description: "Every line of every service that carries a request id or a trace id, in order.",
  variables: [
    textbox("id", "Request or trace id", {
      description: "The value of request_id or of trace_id, whole.",
      value: "",
    }),
  ],
  from: "now-6h",
  sections: [
    {
      id: 1,
      title: "What happened to it",
      lines: [
        line(
          4,
          stat({
            id: 10,
            title: "Lines",
            description: "Lines of all services that carry the id, in the time range.",
            width: 8,
            unit: "short",
            queries: [loki(`sum(count_over_time(${found} [$__range])) or vector(0)`, { instant: true })],
          }),
          stat({
            id: 11,
            title: "Error lines",
            description: "Those of them at level error and fatal.",
            width: 8,
            unit: "short",
            loud: true,
            thresholds: [[1, "red"]],
            queries: [
              loki(
                `sum(count_over_time(${found} | ${f.level}=~"^(?:error|fatal)$" [$__range])) or vector(0)`,
                { instant: true },
              ),
            ],
          }),
          stat({
            id: 12,
            title: "Longest part",
            description:
              "The longest of its exchanges with any service: mostly the first, which waits for the others.",
            width: 8,
            unit: "ms",
            queries: [
              loki(
                `max(max_over_time(${exchanges} | json ${f.duration_ms} | unwrap ${f.duration_ms} | __error__="" [$__range])) or vector(0)`,
                { instant: true },
              ),
            ],
          }),
        ),
        line(
          7,
          requestTable(
            {
              id: 20,
              title: "Through the services",
              description:
                "The completion line of each exchange: which service did what, with what outcome, for how long.",
              width: 24,
              queries: [
                lokiLines(
                  `${exchanges} | json ${[f.http_request_method, f.http_route, f.http_response_status_code, f.outcome, f.duration_ms, f.error_type].join(", ")}`,
                ),
              ],
            },
            [
              f.service_name,
              f.http_request_method,
              f.http_route,
              f.http_response_status_code,
              f.outcome,
              f.duration_ms,
              f.error_type,
            ],
          ),
        ),
        line(
          6,
          table({
            id: 21,
            title: "Services",
            description: "How many lines each service wrote for it.",
            width: 24,
            sortBy: "Lines",
            queries: [
              loki(`sum by (${f.service_name}, ${f.level}) (count_over_time(${found} [$__range]))`, {
                instant: true,
              }),
            ],
            transformations: [
              { id: "merge", options: {} },
              {
                id: "organize",
                options: {
                  excludeByName: { Time: true },
                  indexByName: { [f.service_name]: 0, [f.level]: 1, "Value #A": 2 },
                  renameByName: { "Value #A": "Lines" },
                },
              },
            ],
          }),
        ),
      ],
    },
    {
      id: 2,
      title: "Lines",
      lines: [
        line(
          18,
          logs({
            id: 30,
            title: "In order",
            description: "Every line with the id, oldest first. The whole line is in its details.",
            width: 24,
            oldestFirst: true,
            queries: [
              lokiLines(
                `${found} | json ${f.msg} | line_format \`{{.${f.service_name}}}  {{.${f.msg}}}\``,
                1_000,
              ),
            ],
          }),
        ),
      ],
    },
  ],
});
