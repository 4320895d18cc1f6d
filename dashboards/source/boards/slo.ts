import { dashboard } from "../model/dashboard.ts";
import { line } from "../model/layout.ts";
import { toDashboard } from "../model/links.ts";
import type { Dashboard } from "../model/model.ts";
import { f } from "../model/names.ts";
import { stat, table, timeseries } from "../model/panels.ts";
import { series, sumBy } from "../model/promql.ts";
import { prometheus } from "../model/queries.ts";
import { burnWindows, recorded } from "../model/recorded.ts";
import { prometheusVariables } from "../model/variables.ts";

const legend = `{{${f.service_name}}}`;
const service = [f.service_name, f.deployment_environment_name];
const errors = series(recorded.errors);
const requests = series(recorded.requests);
const allowed = `(1 - ${series(recorded.objective)})`;
// Of no requests, no share can be told: without the comparison it would be NaN.
const spent = (window: string): string =>
  `sum_over_time(${errors}[${window}]) / (sum_over_time(${requests}[${window}]) > 0)`;
// The rates are over five minutes, recorded every minute: those of a shorter life say 100 % too soon.
const lived = `count_over_time(${requests}[30d]) >= 5`;
const unknown = "known after 5 minutes of requests";
const burn = (window: (typeof burnWindows)[number]): string => series(recorded.burnRate(window));
const toErrors = [toDashboard("Its errors", "errors", { [f.service_name]: f.service_name })];

/** Whether the promise is kept, and how fast its error budget burns. */
export const slo: Dashboard = dashboard({
  name: "slo",
  title: "SLO",
  description:
    "Availability against its objective: how much of the error budget of 30 days is left, and how fast it burns. A burn rate of 1 uses it up in exactly 30 days.",
  variables: prometheusVariables,
  from: "now-24h",
  sections: [
    {
      id: 1,
      title: "Budget",
      lines: [
        line(
          6,
          stat({
            id: 10,
            title: "Error budget left",
            description:
              "Of what may fail in 30 days at the objective, the part that has not failed yet. Below zero, the promise is broken.",
            width: 12,
            unit: "percentunit",
            decimals: 1,
            named: true,
            loud: true,
            below: "red",
            thresholds: [
              [0, "orange"],
              [0.25, "green"],
            ],
            queries: [prometheus(`1 - (${spent("30d")}) / ${allowed} and ${lived}`, { legend })],
            noValue: unknown,
          }),
          stat({
            id: 11,
            title: "Availability",
            description: "Share of requests that the server did not fail, in the time range.",
            width: 8,
            unit: "percentunit",
            decimals: 3,
            named: true,
            queries: [prometheus(`1 - ${spent("$__range")} and ${lived}`, { legend })],
            noValue: unknown,
          }),
          stat({
            id: 12,
            title: "Burning",
            description: "Services whose budget burns faster than it is given, over the last hour.",
            width: 4,
            unit: "short",
            loud: true,
            thresholds: [[1, "red"]],
            queries: [prometheus(`count(${burn("1h")} > 1) or count(${burn("1h")}) * 0`)],
          }),
        ),
      ],
    },
    {
      id: 2,
      title: "Burn rate",
      lines: [
        line(
          9,
          timeseries({
            id: 20,
            title: "Fast: pages",
            description:
              "A page comes when both 5m and 1h are above 14.4 (2% of the budget in an hour), or both 30m and 6h above 6 (5% in six hours).",
            width: 12,
            unit: "short",
            min: 0,
            thresholds: [
              [6, "orange"],
              [14.4, "red"],
            ],
            links: toErrors,
            queries: [
              prometheus(burn("5m"), { legend: `5m ${legend}` }),
              prometheus(burn("1h"), { legend: `1h ${legend}` }),
              prometheus(burn("30m"), { legend: `30m ${legend}` }),
              prometheus(burn("6h"), { legend: `6h ${legend}` }),
            ],
          }),
          timeseries({
            id: 21,
            title: "Slow: tickets",
            description:
              "A ticket comes when both 2h and 1d are above 3 (10% of the budget in a day), or both 6h and 3d above 1 (10% in three days).",
            width: 12,
            unit: "short",
            min: 0,
            thresholds: [
              [1, "yellow"],
              [3, "orange"],
            ],
            links: toErrors,
            queries: [
              prometheus(burn("2h"), { legend: `2h ${legend}` }),
              prometheus(burn("1d"), { legend: `1d ${legend}` }),
              prometheus(burn("6h"), { legend: `6h ${legend}` }),
              prometheus(burn("3d"), { legend: `3d ${legend}` }),
            ],
          }),
        ),
        line(
          7,
          table({
            id: 22,
            title: "By service",
            description: "The burn rate of each service over each window, now.",
            width: 24,
            sortBy: "1h",
            decimals: 2,
            thresholds: [
              [1, "yellow"],
              [6, "orange"],
              [14.4, "red"],
            ],
            // Summed by its own labels, so that a series loses its name: rows of different names do not merge.
            queries: [
              prometheus(sumBy(service, burn("5m")), { instant: true }),
              ...burnWindows
                .slice(1)
                .map((window) => prometheus(sumBy(service, burn(window)), { instant: true })),
            ],
            transformations: [
              { id: "merge", options: {} },
              {
                id: "organize",
                options: {
                  excludeByName: { Time: true },
                  indexByName: {},
                  renameByName: Object.fromEntries(
                    burnWindows.map((window, index) => [`Value #${String.fromCharCode(65 + index)}`, window]),
                  ),
                },
              },
            ],
          }),
        ),
      ],
    },
    {
      id: 3,
      title: "What it is computed from",
      lines: [
        line(
          8,
          timeseries({
            id: 30,
            title: "Requests",
            description: "Requests a second, over five minutes.",
            width: 12,
            unit: "reqps",
            min: 0,
            queries: [prometheus(requests, { legend })],
          }),
          timeseries({
            id: 31,
            title: "Failed requests",
            description: "Requests a second that the server failed, over five minutes.",
            width: 12,
            unit: "reqps",
            min: 0,
            links: toErrors,
            queries: [prometheus(errors, { legend })],
          }),
        ),
      ],
    },
  ],
});
