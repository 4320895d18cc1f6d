import { dashboard } from "../model/dashboard.ts";
import { line } from "../model/layout.ts";
import { toDashboard } from "../model/links.ts";
import { orZero, requests, sumBy } from "../model/logql.ts";
import type { Dashboard } from "../model/model.ts";
import { f } from "../model/names.ts";
import { barchart, logs, stat, timeseries } from "../model/panels.ts";
import { loki, lokiLines } from "../model/queries.ts";
import { requestTable } from "../model/request-table.ts";
import { lokiVariables, textbox } from "../model/variables.ts";

// The text box takes a part of the route or an expression; a request that matched no route has the empty one.
const onRoute = `${f.http_route}=~\`$route\``;
const read = [f.http_route];
const ofServer = `${f.outcome}="server_error"`;
const noAbort = `${f.outcome}!="aborted"`;

const count = (range: string, where: readonly string[] = []): string =>
  `count_over_time(${requests({ read: [...read, f.outcome], where: [onRoute, ...where] })} [${range}])`;
const rate = (where: readonly string[] = []): string =>
  `rate(${requests({ read: [...read, f.outcome], where: [onRoute, ...where] })} [$__auto])`;
const duration = (quantile: number, range: string, by: string): string =>
  `quantile_over_time(${quantile}, ${requests({ read: [...read, f.outcome, f.duration_ms], where: [onRoute, noAbort], unwrap: f.duration_ms })} [${range}]) by (${by})`;

const routeLinks = [toDashboard("Only this route", "http-logs", { route: f.http_route })];

/** HTTP traffic as the completion lines tell it. */
export const httpLogs: Dashboard = dashboard({
  name: "http-logs",
  title: "HTTP from logs",
  description:
    "Rate, errors and duration of HTTP requests, from completion lines alone: no metrics are needed.",
  variables: [
    ...lokiVariables,
    textbox("route", "Route", {
      description: "A part of the route's template, or a regular expression.",
      value: ".*",
    }),
    textbox("slow_ms", "Slow from (ms)", {
      description: "From how many milliseconds on a request is listed as slow.",
      value: "500",
    }),
  ],
  sections: [
    {
      id: 1,
      title: "Now",
      lines: [
        line(
          4,
          stat({
            id: 10,
            title: "Requests",
            description: "Requests that ended in the time range.",
            width: 6,
            unit: "short",
            queries: [loki(orZero(sumBy([], count("$__range"))), { instant: true })],
          }),
          stat({
            id: 11,
            title: "Server errors",
            description: "Share of requests whose outcome is server_error. LogErrorRatioHigh fires above 5%.",
            width: 6,
            unit: "percentunit",
            decimals: 2,
            thresholds: [
              [0.01, "yellow"],
              [0.05, "red"],
            ],
            queries: [
              loki(orZero(`${sumBy([], count("$__range", [ofServer]))} / ${sumBy([], count("$__range"))}`), {
                instant: true,
              }),
            ],
          }),
          stat({
            id: 12,
            title: "p95",
            description:
              "Nineteen requests in twenty were faster. Requests whose client left are not counted.",
            width: 6,
            unit: "ms",
            decimals: 0,
            thresholds: [
              [500, "yellow"],
              [1000, "red"],
            ],
            queries: [loki(orZero(duration(0.95, "$__range", "")), { instant: true })],
          }),
          stat({
            id: 13,
            title: "Aborted",
            description:
              "Requests whose client left before the answer was whole; readers of event streams end that way too.",
            width: 6,
            unit: "short",
            queries: [
              loki(orZero(sumBy([], count("$__range", [`${f.outcome}="aborted"`]))), { instant: true }),
            ],
          }),
        ),
      ],
    },
    {
      id: 2,
      title: "Traffic",
      lines: [
        line(
          8,
          timeseries({
            id: 20,
            title: "Requests by outcome",
            description:
              "How exchanges ended: ok, the client's error, the server's error, or the client left.",
            width: 12,
            unit: "reqps",
            style: "stack",
            queries: [loki(sumBy([f.outcome], rate()), { legend: `{{${f.outcome}}}` })],
          }),
          timeseries({
            id: 21,
            title: "Requests by route",
            description:
              "Requests a second of each route's template; the nameless one is requests that matched no route.",
            width: 12,
            unit: "reqps",
            links: routeLinks,
            queries: [loki(sumBy([f.http_route], rate()), { legend: `{{${f.http_route}}}` })],
          }),
        ),
        line(
          8,
          timeseries({
            id: 22,
            title: "Status codes",
            description:
              "Answers by status; none is a request that got no answer, since its client left before.",
            width: 12,
            unit: "reqps",
            style: "stack",
            queries: [
              loki(
                sumBy(
                  [f.http_response_status_code],
                  `rate(${requests({ read: [...read, f.http_response_status_code], where: [onRoute] })} [$__auto])`,
                ),
                { legend: `{{${f.http_response_status_code}}}` },
              ),
            ],
          }),
          timeseries({
            id: 23,
            title: "Server errors by route",
            description: "Share of each route's requests that ended in a server error.",
            width: 12,
            unit: "percentunit",
            min: 0,
            max: 1,
            links: routeLinks,
            thresholds: [[0.05, "red"]],
            queries: [
              loki(`${sumBy([f.http_route], rate([ofServer]))} / ${sumBy([f.http_route], rate())}`, {
                legend: `{{${f.http_route}}}`,
              }),
            ],
          }),
        ),
      ],
    },
    {
      id: 3,
      title: "Duration",
      lines: [
        line(
          8,
          ...([50, 95, 99] as const).map((percent, index) =>
            timeseries({
              id: 30 + index,
              title: `p${percent} by route`,
              description: `${percent} of 100 requests were faster, by route. Requests whose client left are not counted.`,
              width: 8,
              unit: "ms",
              min: 0,
              links: routeLinks,
              queries: [
                loki(duration(percent / 100, "$__auto", f.http_route), { legend: `{{${f.http_route}}}` }),
              ],
            }),
          ),
        ),
      ],
    },
    {
      id: 4,
      title: "What to look at",
      lines: [
        line(
          9,
          barchart({
            id: 40,
            title: "Top failing routes",
            by: f.http_route,
            description: "The ten routes with most server errors in the time range.",
            width: 8,
            unit: "short",
            queries: [
              loki(`topk(10, ${sumBy([f.http_route], count("$__range", [ofServer]))})`, {
                legend: `{{${f.http_route}}}`,
                instant: true,
              }),
            ],
          }),
          requestTable(
            {
              id: 41,
              title: "Slow requests",
              description:
                "The latest requests that took at least as long as the variable says. A request id leads to all its lines.",
              width: 16,
              queries: [
                lokiLines(
                  requests({
                    read: [f.http_route, f.http_request_method, f.http_response_status_code, f.duration_ms],
                    where: [onRoute, `${f.duration_ms} >= $slow_ms`],
                  }),
                  100,
                ),
              ],
            },
            [f.service_name, f.http_request_method, f.http_route, f.http_response_status_code, f.duration_ms],
          ),
        ),
        line(
          10,
          logs({
            id: 42,
            title: "Server errors",
            description: "The completion lines of requests that ended in a server error, newest first.",
            width: 24,
            queries: [
              lokiLines(
                `${requests({
                  read: [f.http_route, f.outcome, f.msg, f.error_type, f.exception_message],
                  where: [onRoute, ofServer],
                })} | line_format \`{{.${f.service_name}}}  {{.${f.msg}}}  {{.${f.error_type}}}: {{.${f.exception_message}}}\``,
              ),
            ],
          }),
        ),
      ],
    },
  ],
});
