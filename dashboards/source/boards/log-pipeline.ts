import { dashboard } from "../model/dashboard.ts";
import { line } from "../model/layout.ts";
import { eventLines, orZero, streams, sumBy } from "../model/logql.ts";
import type { Dashboard } from "../model/model.ts";
import { f } from "../model/names.ts";
import { logs, stat, timeseries } from "../model/panels.ts";
import { loki, lokiLines } from "../model/queries.ts";
import { lokiVariables } from "../model/variables.ts";

const service = `{{${f.service_name}}}`;
// With no keys named: with keys, what only begins like JSON passes for it.
const notJson = `${streams} | json | __error__="JSONParserErr"`;
const losses = eventLines("log.dropped", {
  read: [f.log_output, f.log_dropped_lines],
  unwrap: f.log_dropped_lines,
});
const cut = `${streams} |= \`"${f.log_truncated}":true\``;

/** Whether the logs themselves can be relied on: volume, levels, what is no JSON, what was lost. */
export const logPipeline: Dashboard = dashboard({
  name: "log-pipeline",
  title: "Log pipeline",
  description:
    "The logs as such: how much each service writes, at which levels, what is no JSON, what was cut or lost.",
  variables: lokiVariables,
  from: "now-3h",
  sections: [
    {
      id: 1,
      title: "In this time",
      lines: [
        line(
          4,
          stat({
            id: 10,
            title: "Lines",
            description: "Lines that arrived.",
            width: 6,
            unit: "short",
            queries: [loki(orZero(sumBy([], `count_over_time(${streams} [$__range])`)), { instant: true })],
          }),
          stat({
            id: 11,
            title: "Bytes",
            description: "Their size, before compression: what the volume of a plan is reckoned by.",
            width: 6,
            unit: "bytes",
            queries: [loki(orZero(sumBy([], `bytes_over_time(${streams} [$__range])`)), { instant: true })],
          }),
          stat({
            id: 12,
            title: "Lines that are no JSON",
            description:
              "No dashboard and no alert sees what they say. NonJsonLogLines fires above 10 in ten minutes.",
            width: 6,
            unit: "short",
            thresholds: [[1, "yellow"]],
            queries: [loki(orZero(sumBy([], `count_over_time(${notJson} [$__range])`)), { instant: true })],
          }),
          stat({
            id: 13,
            title: "Lines lost",
            description:
              "Lines that a service could not write, since nobody took them, as it reported once it could.",
            width: 6,
            unit: "short",
            loud: true,
            thresholds: [[1, "red"]],
            queries: [loki(orZero(sumBy([], `sum_over_time(${losses} [$__range])`)), { instant: true })],
          }),
        ),
      ],
    },
    {
      id: 2,
      title: "Volume",
      lines: [
        line(
          8,
          timeseries({
            id: 20,
            title: "Lines by service",
            description:
              "Lines a second. A service that stops here went silent: ServiceWentSilent fires after 15 minutes.",
            width: 12,
            unit: "cps",
            min: 0,
            queries: [loki(sumBy([f.service_name], `rate(${streams} [$__auto])`), { legend: service })],
          }),
          timeseries({
            id: 21,
            title: "Bytes by service",
            description: "Bytes a second.",
            width: 12,
            unit: "Bps",
            min: 0,
            queries: [loki(sumBy([f.service_name], `bytes_rate(${streams} [$__auto])`), { legend: service })],
          }),
        ),
        line(
          8,
          timeseries({
            id: 22,
            title: "Lines by level",
            description: "Lines a second, by level. A line without a level is no line of the contract.",
            width: 12,
            unit: "cps",
            style: "stack",
            queries: [loki(sumBy([f.level], `rate(${streams} [$__auto])`), { legend: `{{${f.level}}}` })],
          }),
          timeseries({
            id: 23,
            title: "Starts, stops and crashes",
            description:
              "The life of the processes: a start without a stop before it follows a crash or a kill.",
            width: 12,
            unit: "short",
            style: "bars",
            queries: (["process.start", "process.stop", "process.crash"] as const).map((event) =>
              loki(sumBy([f.service_name], `count_over_time(${eventLines(event)} [$__auto])`), {
                legend: `${service} ${event.replace("process.", "")}`,
              }),
            ) as [ReturnType<typeof loki>, ...ReturnType<typeof loki>[]],
          }),
        ),
      ],
    },
    {
      id: 3,
      title: "What is wrong with it",
      lines: [
        line(
          8,
          timeseries({
            id: 30,
            title: "Lines that are no JSON, by service",
            description: "Stack traces on standard error, warnings of Node's, output of other programs.",
            width: 12,
            unit: "cps",
            style: "stack",
            queries: [loki(sumBy([f.service_name], `rate(${notJson} [$__auto])`), { legend: service })],
          }),
          timeseries({
            id: 31,
            title: "Lines lost and cut, by service",
            description:
              "Lost: nobody took them in time. Cut: longer than a line may be, and marked log_truncated.",
            width: 12,
            unit: "short",
            style: "bars",
            queries: [
              loki(sumBy([f.service_name, f.log_output], `sum_over_time(${losses} [$__auto])`), {
                legend: `${service} lost to {{${f.log_output}}}`,
              }),
              loki(sumBy([f.service_name], `count_over_time(${cut} [$__auto])`), {
                legend: `${service} cut`,
              }),
            ],
          }),
        ),
        line(
          10,
          logs({
            id: 40,
            title: "Lines that are no JSON",
            description: "As they came, newest first.",
            width: 24,
            queries: [lokiLines(notJson)],
          }),
        ),
      ],
    },
  ],
});
