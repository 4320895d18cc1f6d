/**
 * The log contract: every field Taffrail writes, declared once. The TypeScript types, the JSON
 * Schema, docs/fields.md and the names that dashboards and rules may use all derive from this table.
 *
 * Names are OpenTelemetry semantic-convention names with dots written as underscores, which is what
 * Loki's OTLP ingestion and Prometheus' OTLP translation both make of them.
 * @see https://opentelemetry.io/docs/specs/semconv/
 */
export const fields = {
  time: {
    type: "string",
    on: "every line",
    description: "When the line was written: RFC 3339, UTC, milliseconds.",
    format: "date-time",
  },
  level: {
    type: "string",
    on: "every line",
    description: "Severity, as a word.",
    values: ["trace", "debug", "info", "warn", "error", "fatal"],
  },
  msg: { type: "string", on: "every line", description: "What happened, as a sentence for people." },
  service_name: { type: "string", on: "every line", description: "The service that wrote the line." },
  service_version: { type: "string", on: "every line", description: "The service's version." },
  deployment_environment_name: {
    type: "string",
    on: "every line",
    description: "Where it runs: `production`, `staging`, `development` …",
  },
  service_instance_id: {
    type: "string",
    on: "every line",
    description: "The process or pod that wrote the line.",
  },

  event_name: {
    type: "string",
    on: "events",
    description: "What kind of event the line is; see the table of events.",
  },
  scope_name: {
    type: "string",
    on: "named loggers",
    description: "The part of the program that wrote it: the name given to `kit.logger`.",
  },

  request_id: {
    type: "string",
    on: "requests",
    description: "The request's id: the caller's if well formed, else generated (UUID v7).",
  },
  trace_id: {
    type: "string",
    on: "requests",
    description: "W3C trace id: of the active span, else of the incoming `traceparent`.",
    pattern: "^[0-9a-f]{32}$",
  },
  span_id: {
    type: "string",
    on: "requests",
    description:
      "W3C span id: of the active span (on a completion line, the request's own), else of the incoming `traceparent`.",
    pattern: "^[0-9a-f]{16}$",
  },

  http_request_method: {
    type: "string",
    on: "completion",
    description: "Request method; `_OTHER` for one no standard knows.",
  },
  http_request_method_original: {
    type: "string",
    on: "completion",
    description: "The method as sent, where `http_request_method` is `_OTHER`.",
  },
  http_route: {
    type: "string",
    on: "completion",
    description: "The route's template, `/orders/:id`; absent when no route matched.",
  },
  url_path: { type: "string", on: "completion", description: "The path as requested, without the query." },
  url_query: {
    type: "string",
    on: "completion",
    description: "The query with its values masked, but for those allowed by name.",
  },
  http_response_status_code: {
    type: "integer",
    on: "completion",
    description: "The status that was sent; absent when none was.",
  },
  client_address: {
    type: "string",
    on: "completion",
    description: "The client's address, through trusted proxies where the framework knows them.",
  },
  user_agent_original: { type: "string", on: "completion", description: "The `User-Agent` header." },
  network_protocol_name: {
    type: "string",
    on: "upgrades",
    description: "The protocol that was asked for instead of HTTP: `websocket`, `h2c`, `_OTHER`.",
  },
  network_protocol_version: { type: "string", on: "completion", description: "HTTP version: `1.1`, `2`." },
  http_request_body_size: {
    type: "integer",
    on: "completion",
    description: "Size of the request's body in bytes, where it was declared.",
  },
  http_response_body_size: {
    type: "integer",
    on: "completion",
    description: "Size of the response's body in bytes, where it was declared.",
  },
  duration_ms: {
    type: "number",
    on: "completion",
    description:
      "From the request's arrival to the end of the response, or from a call's or a job's start to its end, in milliseconds, by a monotonic clock.",
  },
  outcome: {
    type: "string",
    on: "completion",
    description: "How the exchange ended.",
    values: ["ok", "client_error", "server_error", "aborted"],
  },

  job_name: { type: "string", on: "jobs", description: "The name given to `kit.runJob`." },

  error_type: {
    type: "string",
    on: "failures",
    description:
      "The exception's class, or the status code as text, or `client_aborted`, or `response_broken_off`.",
  },
  exception_type: { type: "string", on: "failures", description: "The class of the error that was thrown." },
  exception_message: { type: "string", on: "failures", description: "Its message." },
  exception_stacktrace: { type: "string", on: "failures", description: "Its stack trace." },
  exception_causes: {
    type: "array",
    on: "failures",
    description: "Its chain of causes, outermost first, each with `exception_type` and `exception_message`.",
  },

  server_address: {
    type: "string",
    on: "outgoing calls, process events",
    description: "The host a call went to; the address a server listens on.",
  },
  server_port: {
    type: "integer",
    on: "outgoing calls, process events",
    description: "The port a call went to; the one a server listens on.",
  },
  url_full: {
    type: "string",
    on: "outgoing calls",
    description:
      "The URL that was called: no user info, secrets in its path masked, its query as in `url_query`.",
  },

  process_pid: { type: "integer", on: "process events", description: "The process id." },
  process_runtime_version: { type: "string", on: "process events", description: "The version of Node.js." },
  process_exit_code: {
    type: "integer",
    on: "process events",
    description: "The exit code the process is about to end with.",
  },
  process_signal: {
    type: "string",
    on: "process events",
    description: "The signal that asked the process to stop.",
  },
  process_uptime_s: {
    type: "number",
    on: "process events",
    description: "How long the process ran, in seconds.",
  },

  log_truncated: {
    type: "boolean",
    on: "cut lines",
    description: "The line was longer than a line may be: something of it was cut or left out.",
  },
  log_output: {
    type: "string",
    on: "loss reports",
    description: "Which output lost lines.",
    values: ["stdout", "file"],
  },
  log_dropped_lines: {
    type: "integer",
    on: "loss reports",
    description: "How many lines that output lost since the last report.",
  },
  log_dropped_since: {
    type: "string",
    on: "loss reports",
    description: "When the first of them was lost: RFC 3339, UTC, milliseconds.",
    format: "date-time",
  },
} as const;

/** Every event the kit logs by itself, by its `event_name`. */
export const events = {
  "http.server.request": "A request was answered, or its client left: the completion line, one a request.",
  "http.server.request.slow":
    "A request has run longer than `http.slowRequestMs` and is still running; logged once.",
  "http.server.client_error": "Bytes that are not HTTP arrived and were refused before any request existed.",
  "http.server.upgrade":
    "A connection was upgraded, to a WebSocket for one, or the upgrade was refused; `http_response_status_code` is 101, or says why.",
  "http.server.upgrade.close": "A connection that was upgraded closed; `duration_ms` is how long it lasted.",
  "http.client.request": "A call to another service ended, or failed: at debug, or at warn.",
  "job.run": "A job that `kit.runJob` ran ended: its completion line, one a run.",
  "process.start": "The service started.",
  "process.alive":
    "The service runs: said every `lifecycle.heartbeatMs`, so that silence does not just mean that nobody asked for anything.",
  "process.stop": "The service stopped in good order.",
  "process.crash": "An exception or rejection that nothing handled ended the process.",
  "process.uncaught_exception": "An exception that nothing caught was left to the application's own handler.",
  "ops.listen": "The operations server listens.",
  "log.dropped": "Lines were lost because an output did not take them; logged when it does again.",
  "kit.problem": "Taffrail met a problem of its own and carried on; said once for each kind.",
} as const;

export type FieldName = keyof typeof fields;
export type Outcome = (typeof fields)["outcome"]["values"][number];

export interface ContractField {
  readonly type: "string" | "number" | "integer" | "boolean" | "array";
  /** On which lines the field stands. */
  readonly on: string;
  readonly description: string;
  readonly values?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
}
