import { dashboard } from "../model/dashboard.ts";
import { line } from "../model/layout.ts";
import { toDashboard } from "../model/links.ts";
import type { Dashboard } from "../model/model.ts";
import { f, histogram, metric } from "../model/names.ts";
import { barchart, stat, timeseries } from "../model/panels.ts";
import { increase, orZero, quantile, rate, series, sumBy } from "../model/promql.ts";
import { prometheus } from "../model/queries.ts";
import { prometheusVariables, routeVariable } from "../model/variables.ts";

const duration = metric("http_server_request_duration_seconds");
const { bucket, count } = histogram(duration);
// `.*` lets requests in that matched no route: they have no such label.
const onRoute = `${f.http_route}=~"$${f.http_route}"`;
// The kit counts an error only where the server failed: a 404 is none.
const failed = `${f.error_type}!=""`;
const logsOfRoute = [
  toDashboard("Logs of this route", "http-logs", { route: f.http_route }),
  toDashboard("Only this route", "http-metrics", { [f.http_route]: f.http_route }),
];

/** HTTP traffic as Prometheus counts it, with a trace for each bucket of the histogram. */
export const httpMetrics: Dashboard = dashboard({
  name: "http-metrics",
  title: "HTTP from metrics",
  description:
    "Rate, errors and duration of HTTP requests, from the kit's histogram. The dots on graphs of duration are exemplars: traces of such requests.",
  variables: [...prometheusVariables, routeVariable],
  sections: [
    {
      id: 1,
      title: "Now",
      lines: [
        line(
          4,
          stat({
            id: 10,
            title: "Requests a second",
            description: "Requests that ended, a second.",
            width: 6,
            unit: "reqps",
            queries: [prometheus(orZero(sumBy([], rate(count, onRoute))))],
          }),
          stat({
            id: 11,
            title: "Server errors",
            description: "Share of requests that the server failed.",
            width: 6,
            unit: "percentunit",
            decimals: 2,
            thresholds: [
              [0.01, "yellow"],
              [0.05, "red"],
            ],
            queries: [
              prometheus(
                orZero(
                  `${sumBy([], rate(count, onRoute, failed))} / (${sumBy([], rate(count, onRoute))} > 0)`,
                ),
              ),
            ],
          }),
          stat({
            id: 12,
            title: "Under way",
            description: "Requests that the services are answering right now.",
            width: 6,
            unit: "short",
            queries: [prometheus(orZero(sumBy([], series(metric("http_server_active_requests")))))],
          }),
          stat({
            id: 13,
            title: "Oldest under way",
            description:
              "Age of the oldest request that has not ended. One that only grows is stuck; event streams count too.",
            width: 6,
            unit: "s",
            thresholds: [
              [10, "yellow"],
              [60, "red"],
            ],
            queries: [
              prometheus(orZero(`max(${series(metric("http_server_oldest_active_request_age_seconds"))})`)),
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
            title: "Requests by route",
            description:
              "Requests a second of each route's template; the nameless one is requests that matched no route.",
            width: 12,
            unit: "reqps",
            links: logsOfRoute,
            queries: [
              prometheus(sumBy([f.http_route], rate(count, onRoute)), { legend: `{{${f.http_route}}}` }),
            ],
          }),
          timeseries({
            id: 21,
            title: "Status codes",
            description: "Answers by status; the nameless one is requests that got no answer.",
            width: 12,
            unit: "reqps",
            style: "stack",
            queries: [
              prometheus(sumBy([f.http_response_status_code], rate(count, onRoute)), {
                legend: `{{${f.http_response_status_code}}}`,
              }),
            ],
          }),
        ),
        line(
          8,
          timeseries({
            id: 22,
            title: "Server errors by route",
            description: "Share of each route's requests that the server failed.",
            width: 12,
            unit: "percentunit",
            min: 0,
            max: 1,
            links: logsOfRoute,
            thresholds: [[0.05, "red"]],
            queries: [
              prometheus(
                `${sumBy([f.http_route], rate(count, onRoute, failed))} / ${sumBy([f.http_route], rate(count, onRoute))}`,
                { legend: `{{${f.http_route}}}` },
              ),
            ],
          }),
          timeseries({
            id: 23,
            title: "Server errors by type",
            description: "The exception's class, or the status where none was thrown.",
            width: 12,
            unit: "reqps",
            style: "stack",
            queries: [
              prometheus(sumBy([f.error_type], rate(count, onRoute, failed)), {
                legend: `{{${f.error_type}}}`,
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
          9,
          timeseries({
            id: 30,
            title: "Percentiles",
            description:
              "Half, nineteen in twenty and 99 in 100 requests were faster. A dot is one request, with its trace.",
            width: 12,
            unit: "s",
            min: 0,
            queries: [
              prometheus(quantile(0.5, duration, { where: [onRoute] }), { legend: "p50" }),
              prometheus(quantile(0.95, duration, { where: [onRoute] }), { legend: "p95" }),
              prometheus(quantile(0.99, duration, { where: [onRoute] }), { legend: "p99", exemplars: true }),
            ],
          }),
          timeseries({
            id: 31,
            title: "p95 by route",
            description: "Nineteen in twenty requests were faster, by route.",
            width: 12,
            unit: "s",
            min: 0,
            links: logsOfRoute,
            queries: [
              prometheus(quantile(0.95, duration, { by: [f.http_route], where: [onRoute] }), {
                legend: `{{${f.http_route}}}`,
                exemplars: true,
              }),
            ],
          }),
        ),
        line(
          8,
          timeseries({
            id: 32,
            title: "Requests by duration",
            description: "Requests a second that took at most so long, by bucket of the histogram.",
            width: 12,
            unit: "reqps",
            queries: [prometheus(sumBy(["le"], rate(bucket, onRoute)), { legend: "≤ {{le}} s" })],
          }),
          barchart({
            id: 33,
            title: "Top failing routes",
            by: f.http_route,
            description: "The ten routes that the server failed most often in the time range.",
            width: 12,
            unit: "short",
            decimals: 0,
            queries: [
              prometheus(`topk(10, ${sumBy([f.http_route], increase(count, onRoute, failed))} > 0)`, {
                legend: `{{${f.http_route}}}`,
                instant: true,
              }),
            ],
          }),
        ),
      ],
    },
    {
      id: 4,
      title: "Beside the histogram",
      lines: [
        line(
          7,
          timeseries({
            id: 40,
            title: "Under way by method",
            description: "Requests that are being answered.",
            width: 8,
            unit: "short",
            queries: [
              prometheus(sumBy([f.http_request_method], series(metric("http_server_active_requests"))), {
                legend: `{{${f.http_request_method}}}`,
              }),
            ],
          }),
          timeseries({
            id: 41,
            title: "Not timed",
            description:
              "Requests left out of the histogram on purpose: event streams last as long as their readers like.",
            width: 8,
            unit: "reqps",
            queries: [
              prometheus(orZero(sumBy([], rate(metric("http_server_untimed_requests_total"), onRoute))), {
                legend: "event streams",
              }),
            ],
          }),
          timeseries({
            id: 42,
            title: "Refused before a request",
            description:
              "Connections that failed before there was a request: bytes that are no HTTP, headers too large or too late.",
            width: 8,
            unit: "cps",
            queries: [
              prometheus(orZero(sumBy([], rate(metric("http_server_client_errors_total")))), {
                legend: "refused",
              }),
            ],
          }),
        ),
      ],
    },
  ],
});
