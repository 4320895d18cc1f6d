import { dashboard } from "../model/dashboard.ts";
import { line } from "../model/layout.ts";
import { toDashboard } from "../model/links.ts";
import { eventLines, orZero, requests, selectStreams, sumBy } from "../model/logql.ts";
import type { Dashboard } from "../model/model.ts";
import { f } from "../model/names.ts";
import { barchart, logs, stat, table, timeseries } from "../model/panels.ts";
import { loki, lokiLines } from "../model/queries.ts";
import { lokiVariables } from "../model/variables.ts";

const failures = selectStreams(`${f.level}=~"error|fatal"`);
const fatal = selectStreams(`${f.level}="fatal"`);
const typed = `${failures} |= \`"${f.error_type}"\` | json ${f.error_type} | ${f.error_type}!="" | __error__=""`;
const byType = [f.service_name, f.error_type];
// The time of a line as a number: what is first and last is a minimum and a maximum.
const seen = `${typed} | label_format seen=\`{{ __timestamp__ | unixEpochMillis }}\` | unwrap seen | __error__=""`;
const crashes = eventLines("process.crash", { read: [f.error_type] });
const typesInRange = sumBy(byType, `count_over_time(${typed} [$__range])`);

/** What fails, since when, and what is new about it. */
export const errors: Dashboard = dashboard({
  name: "errors",
  title: "Errors",
  description:
    "Lines at level error and fatal, by the error's type: which there are, which are new, when each was first and last seen.",
  variables: lokiVariables,
  from: "now-6h",
  sections: [
    {
      id: 1,
      title: "In this time",
      lines: [
        line(
          4,
          stat({
            id: 10,
            title: "Error lines",
            description: "Lines at level error and fatal.",
            width: 6,
            unit: "short",
            thresholds: [[1, "yellow"]],
            queries: [loki(orZero(`sum(count_over_time(${failures} [$__range]))`), { instant: true })],
          }),
          stat({
            id: 11,
            title: "Types of error",
            description: "How many different types stand in them.",
            width: 6,
            unit: "short",
            queries: [loki(orZero(`count(${typesInRange})`), { instant: true })],
          }),
          stat({
            id: 12,
            title: "Fatal lines",
            description:
              "Lines at level fatal: what the service could not go on with. FatalLogged and ProcessCrash fire at the first.",
            width: 6,
            unit: "short",
            loud: true,
            thresholds: [[1, "red"]],
            queries: [loki(orZero(`sum(count_over_time(${fatal} [$__range]))`), { instant: true })],
          }),
          stat({
            id: 13,
            title: "Crashes",
            description: "Processes that ended by an error nothing caught.",
            width: 6,
            unit: "short",
            loud: true,
            thresholds: [[1, "red"]],
            queries: [loki(orZero(`sum(count_over_time(${crashes} [$__range]))`), { instant: true })],
          }),
        ),
      ],
    },
    {
      id: 2,
      title: "Types",
      lines: [
        line(
          8,
          timeseries({
            id: 20,
            title: "Error lines by type",
            description:
              "How many lines a second carry each error type. A request that fails in two services counts in both.",
            width: 12,
            unit: "cps",
            style: "stack",
            queries: [
              loki(sumBy([f.error_type], `rate(${typed} [$__auto])`), { legend: `{{${f.error_type}}}` }),
            ],
          }),
          timeseries({
            id: 21,
            title: "Error lines by service",
            description: "How many lines a second each service writes at level error and fatal.",
            width: 12,
            unit: "cps",
            style: "stack",
            links: [toDashboard("HTTP of this service", "http-logs", { [f.service_name]: f.service_name })],
            queries: [
              loki(sumBy([f.service_name], `rate(${failures} [$__auto])`), {
                legend: `{{${f.service_name}}}`,
              }),
            ],
          }),
        ),
        line(
          9,
          table({
            id: 22,
            title: "First and last seen",
            description:
              "Every type of error in the time range: how many lines, and when it was first and last seen in it.",
            width: 16,
            sortBy: "Lines",
            queries: [
              loki(typesInRange, { instant: true }),
              loki(`min_over_time(${seen} [$__range]) by (${byType.join(", ")})`, { instant: true }),
              loki(`max_over_time(${seen} [$__range]) by (${byType.join(", ")})`, { instant: true }),
            ],
            transformations: [
              { id: "merge", options: {} },
              {
                id: "organize",
                options: {
                  excludeByName: { Time: true },
                  indexByName: {
                    [f.service_name]: 0,
                    [f.error_type]: 1,
                    "Value #A": 2,
                    "Value #B": 3,
                    "Value #C": 4,
                  },
                  renameByName: { "Value #A": "Lines", "Value #B": "First seen", "Value #C": "Last seen" },
                },
              },
            ],
            overrides: ["First seen", "Last seen"].map((options) => ({
              matcher: { id: "byName", options } as const,
              properties: [{ id: "unit", value: "dateTimeAsIso" }],
            })),
          }),
          barchart({
            id: 23,
            title: "New types",
            description:
              "Types of error in the time range that none of the 24 hours before it had. NewErrorType fires on them.",
            width: 8,
            by: f.error_type,
            unit: "short",
            noValue: "none",
            queries: [
              loki(
                `${typesInRange} unless ${sumBy(byType, `count_over_time(${typed} [24h] offset $__range)`)}`,
                { instant: true, legend: `{{${f.error_type}}}` },
              ),
            ],
          }),
        ),
      ],
    },
    {
      id: 3,
      title: "Requests that fail",
      lines: [
        line(
          8,
          timeseries({
            id: 30,
            title: "Failing requests by route",
            description: "Requests a second that ended in a server error, by route.",
            width: 24,
            unit: "reqps",
            style: "stack",
            links: [toDashboard("This route", "http-logs", { route: f.http_route })],
            queries: [
              loki(
                sumBy(
                  [f.service_name, f.http_route],
                  `rate(${requests({ from: failures, read: [f.http_route, f.outcome], where: [`${f.outcome}="server_error"`] })} [$__auto])`,
                ),
                { legend: `{{${f.service_name}}} {{${f.http_route}}}` },
              ),
            ],
          }),
        ),
      ],
    },
    {
      id: 4,
      title: "Lines",
      lines: [
        line(
          9,
          logs({
            id: 40,
            title: "Fatal",
            description: "What services could not go on with, crashes among it.",
            width: 24,
            queries: [lokiLines(fatal)],
          }),
        ),
        line(
          12,
          logs({
            id: 41,
            title: "Errors",
            description:
              "Lines at level error and fatal, newest first: what happened, and the error's own words. The whole line is in its details.",
            width: 24,
            queries: [
              lokiLines(
                `${failures} | json ${[f.msg, f.error_type, f.exception_message].join(", ")} | line_format \`{{.${f.service_name}}}  {{.${f.msg}}}  {{.${f.error_type}}}: {{.${f.exception_message}}}\``,
              ),
            ],
          }),
        ),
      ],
    },
  ],
});
