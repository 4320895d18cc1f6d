import type { Command, CommandArguments, ExitCode, Terminal } from "../command.ts";
import { inputsOf } from "./input.ts";
import { queryRequest } from "./query-options.ts";
import { runLogQuery } from "./run-log-query.ts";
import { runMetricQuery } from "./run-metric-query.ts";

/** `taffrail query`: LogQL over log files and pipes. */
export const queryCommand: Command = {
  name: "query",
  summary: "Run a LogQL query over log files or standard input.",
  usage: "EXPR [FILE… | -] [options]",
  options: {
    since: {
      type: "string",
      value: "DURATION",
      description: "Only lines of this last while, counted back from now.",
    },
    start: {
      type: "string",
      value: "TIME",
      description: "Only lines from this time on: RFC 3339, or seconds since 1970.",
    },
    end: { type: "string", value: "TIME", description: "Only lines up to this time." },
    step: {
      type: "string",
      value: "DURATION",
      description: "Evaluate a metric query at every step, with a sparkline; else once, at the end.",
    },
    limit: { type: "string", value: "N", description: "Stop after N lines." },
    newest: {
      type: "boolean",
      description: "Give the last lines in place of the first; 100 unless --limit says.",
    },
    labels: { type: "string", value: "NAME=VALUE,…", description: "Further labels of every stream." },
    json: {
      type: "boolean",
      description: "Print JSON: an object for each line, or Loki's answer to a metric query.",
    },
    raw: { type: "boolean", description: "Print only the lines themselves." },
    quiet: { type: "boolean", short: "q", description: "No progress on stderr." },
  },
  notes: [
    "A JSON line has the time of its field `time` (or `timestamp`, `@timestamp`, `ts`), any other line that of an RFC 3339\ntime it begins with (also as `time=` or `ts=`), else that of the line before it. The labels of a line's stream are\nservice_name, from the line (else its `service`, or pino's `name`), filename, and those of --labels. A query that begins with | is one over every stream. Files that end in .gz are unzipped.",
  ],
  examples: [
    [
      `taffrail query '{service_name="shop"} |= "error" | json | level="error"' app.log`,
      "The error lines of one service.",
    ],
    [
      `kubectl logs deploy/shop | taffrail query '| json | duration_ms > 500' -`,
      "The slow requests of a pipe.",
    ],
    [
      `taffrail query 'sum by (http_route) (rate({service_name="shop"} | json | __error__="" [1m]))' app.log --step 1m`,
      "Requests a second by route, a sparkline each.",
    ],
    [
      `taffrail query 'topk(5, sum by (url_path) (count_over_time({service_name=~".+"} | json | __error__="" [1d])))' app.log.gz`,
      "The five most requested paths of the last day in the file.",
    ],
  ],
  run: query,
};

async function query(args: CommandArguments, terminal: Terminal): Promise<ExitCode> {
  const request = queryRequest(args);
  const inputs = inputsOf(request.files, terminal);
  const run = request.expression.kind === "log" ? runLogQuery : runMetricQuery;
  return run(request, inputs, terminal);
}
