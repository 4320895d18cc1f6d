/**
 * The log contract: every field Taffrail writes, declared once. The TypeScript types, the JSON
 * Schema, docs/fields.md and the names that dashboards and rules may use all derive from this table.
 *
 * Names are OpenTelemetry semantic-convention names with dots written as underscores, which is what
 * Loki's OTLP ingestion and Prometheus' OTLP translation both make of them.
 * @see https://opentelemetry.io/docs/specs/semconv/
 */
export const fields = {
  time: always("string", "When the line was written: RFC 3339, UTC, milliseconds.", { format: "date-time" }),
  level: always("string", "Severity, as a word.", {
    values: ["trace", "debug", "info", "warn", "error", "fatal"],
  }),
  msg: always("string", "What happened, as a sentence for people."),
  service_name: always("string", "The service that wrote the line."),
  service_version: always("string", "The service's version."),
  deployment_environment_name: always("string", "Where it runs: `production`, `staging`, `development` …"),
  service_instance_id: always("string", "The process or pod that wrote the line."),

  event_name: on("events", "string", "What kind of event the line is; see the table of events."),
  scope_name: on(
    "named loggers",
    "string",
    "The part of the program that wrote it: the name given to `kit.logger`.",
  ),

  request_id: on(
    "requests",
    "string",
    "The request's id: the caller's if well formed, else generated (UUID v7).",
  ),
  trace_id: on(
    "requests",
    "string",
    "W3C trace id: of the active span, else of the incoming `traceparent`.",
    {
      pattern: "^[0-9a-f]{32}$",
    },
  ),
  span_id: on("requests", "string", "W3C span id: of the active span, else of the incoming `traceparent`.", {
    pattern: "^[0-9a-f]{16}$",
  }),

  http_request_method: on("completion", "string", "Request method; `_OTHER` for one no standard knows."),
  http_request_method_original: on(
    "completion",
    "string",
    "The method as sent, where `http_request_method` is `_OTHER`.",
  ),
  http_route: on(
    "completion",
    "string",
    "The route's template, `/orders/:id`; absent when no route matched.",
  ),
  url_path: on("completion", "string", "The path as requested, without the query."),
  url_query: on("completion", "string", "The query with its values masked, but for those allowed by name."),
  http_response_status_code: on("completion", "integer", "The status that was sent; absent when none was."),
  client_address: on(
    "completion",
    "string",
    "The client's address, through trusted proxies where the framework knows them.",
  ),
  user_agent_original: on("completion", "string", "The `User-Agent` header."),
  network_protocol_version: on("completion", "string", "HTTP version: `1.1`, `2`."),
  http_request_body_size: on(
    "completion",
    "integer",
    "Size of the request's body in bytes, where it was declared.",
  ),
  http_response_body_size: on(
    "completion",
    "integer",
    "Size of the response's body in bytes, where it was declared.",
  ),
  duration_ms: on(
    "completion",
    "number",
    "From the request's arrival to the end of the response, in milliseconds, by a monotonic clock.",
  ),
  outcome: on("completion", "string", "How the exchange ended.", {
    values: ["ok", "client_error", "server_error", "aborted"],
  }),

  error_type: on(
    "failures",
    "string",
    "The exception's class, or the status code as text, or `client_aborted`.",
  ),
  exception_type: on("failures", "string", "The class of the error that was thrown."),
  exception_message: on("failures", "string", "Its message."),
  exception_stacktrace: on("failures", "string", "Its stack trace."),
  exception_causes: on(
    "failures",
    "array",
    "Its chain of causes, outermost first, each with `exception_type` and `exception_message`.",
  ),

  process_pid: on("process events", "integer", "The process id."),
  process_runtime_version: on("process events", "string", "The version of Node.js."),
  process_exit_code: on("process events", "integer", "The exit code the process is about to end with."),
  process_signal: on("process events", "string", "The signal that asked the process to stop."),
  process_uptime_s: on("process events", "number", "How long the process ran, in seconds."),
} as const satisfies Record<string, ContractField>;

/** Every event the kit logs by itself, by its `event_name`. */
export const events = {
  "http.server.request": "A request was answered, or its client left: the completion line, one a request.",
  "http.server.request.slow":
    "A request has run longer than `http.slowRequestMs` and is still running; logged once.",
  "http.server.client_error": "Bytes that are not HTTP arrived and were refused before any request existed.",
  "process.start": "The service started.",
  "process.stop": "The service stopped in good order.",
  "process.crash": "An exception or rejection that nothing handled ended the process.",
  "ops.listen": "The operations server listens.",
  "kit.problem": "Taffrail met a problem of its own and carried on; said once for each kind.",
} as const;

export type FieldName = keyof typeof fields;
export type EventName = keyof typeof events;
export type Outcome = (typeof fields)["outcome"]["values"][number];

export interface ContractField {
  readonly type: "string" | "number" | "integer" | "array";
  /** On which lines the field stands. */
  readonly on: string;
  readonly description: string;
  readonly values?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
}

type Limits = Pick<ContractField, "values" | "pattern" | "format">;

function always<T extends ContractField["type"], const L extends Limits = object>(
  type: T,
  description: string,
  limits?: L,
): { readonly type: T; readonly on: "every line"; readonly description: string } & L {
  return on("every line", type, description, limits);
}

function on<O extends string, T extends ContractField["type"], const L extends Limits = object>(
  where: O,
  type: T,
  description: string,
  limits?: L,
): { readonly type: T; readonly on: O; readonly description: string } & L {
  // Without limits L is its default, the empty object.
  return { type, on: where, description, ...(limits ?? ({} as L)) };
}
