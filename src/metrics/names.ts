export type MetricType = "counter" | "gauge" | "histogram";

/** Which switch turns a metric on: `always`, an option of that name, or the platform. */
export type MetricPart = "always" | "bodySizes" | "runtime" | "runtime, Linux";

export interface MetricDefinition {
  readonly help: string;
  readonly type: MetricType;
  /** The unit in the name, as OpenMetrics' UNIT line wants it; empty when the metric counts things. */
  readonly unit: "seconds" | "bytes" | "";
  readonly labels: readonly string[];
  readonly part: MetricPart;
  /** The OpenTelemetry semantic convention this is the Prometheus translation of. */
  readonly convention?: string;
  readonly buckets?: readonly number[];
  /** How prom-client's cluster aggregation joins the workers' values; sum unless said. */
  readonly aggregator?: "sum" | "min" | "max" | "average" | "omit";
}

// OpenTelemetry's advised boundaries for http.server.request.duration, and since 2026 for v8js.gc.duration.
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] as const;
// Jobs last from milliseconds to hours.
const jobBuckets = [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600] as const;
// A WebSocket lasts as long as a page is open.
const connectionBuckets = [1, 10, 60, 300, 900, 3_600, 14_400, 43_200, 86_400] as const;
const bodySizeBuckets = [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000] as const;
const requestLabels = [
  "http_request_method",
  "url_scheme",
  "http_route",
  "http_response_status_code",
  "error_type",
] as const;

export type MetricName =
  | "target_info"
  | "http_server_request_duration_seconds"
  | "http_server_active_requests"
  | "http_server_oldest_active_request_age_seconds"
  | "http_server_untimed_requests_total"
  | "http_server_request_body_size_bytes"
  | "http_server_response_body_size_bytes"
  | "http_server_client_errors_total"
  | "http_server_upgrades_total"
  | "http_server_active_upgraded_connections"
  | "http_server_upgraded_connection_duration_seconds"
  | "http_client_request_duration_seconds"
  | "job_run_duration_seconds"
  | "job_active_runs"
  | "job_run_failures_total"
  | "job_last_success_timestamp_seconds"
  | "log_messages_total"
  | "taffrail_log_written_lines_total"
  | "taffrail_log_written_bytes_total"
  | "taffrail_log_dropped_lines_total"
  | "taffrail_log_write_errors_total"
  | "taffrail_log_queue_bytes"
  | "taffrail_log_truncated_lines_total"
  | "taffrail_log_degraded_lines_total"
  | "nodejs_eventloop_time_seconds_total"
  | "nodejs_eventloop_delay_min_seconds"
  | "nodejs_eventloop_delay_max_seconds"
  | "nodejs_eventloop_delay_mean_seconds"
  | "nodejs_eventloop_delay_stddev_seconds"
  | "nodejs_eventloop_delay_p50_seconds"
  | "nodejs_eventloop_delay_p90_seconds"
  | "nodejs_eventloop_delay_p99_seconds"
  | "v8js_gc_duration_seconds"
  | "v8js_memory_heap_used_bytes"
  | "v8js_memory_heap_space_size_bytes"
  | "v8js_memory_heap_space_available_size_bytes"
  | "v8js_memory_heap_space_physical_size_bytes"
  | "v8js_heap_size_limit_bytes"
  | "v8js_resource_active"
  | "process_cpu_time_seconds_total"
  | "process_memory_usage_bytes"
  | "process_uptime_seconds"
  | "process_open_file_descriptors"
  | "process_max_file_descriptors"
  | "taffrail_scrape_duration_seconds"
  | "taffrail_scrape_size_bytes"
  | "taffrail_scrape_failures_total"
  | "taffrail_metric_overflow_total"
  | "taffrail_metric_rejected_values_total";

/**
 * Every metric the kit itself exposes. docs/metrics.md's table, the dashboards and the rules take names
 * from here. None is a name of prom-client's `collectDefaultMetrics`, so both can share one registry.
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
 */
export const metricDefinitions: Readonly<Record<MetricName, MetricDefinition>> = {
  target_info: {
    help: "The service that is scraped: its resource attributes as labels.",
    type: "gauge",
    unit: "",
    labels: ["service_name", "service_version", "deployment_environment_name", "service_instance_id"],
    part: "always",
    aggregator: "omit",
  },
  http_server_request_duration_seconds: {
    help: "Duration of HTTP server requests, from the request's arrival to the end of the response.",
    type: "histogram",
    unit: "seconds",
    labels: requestLabels,
    part: "always",
    convention: "http.server.request.duration",
    buckets: durationBuckets,
  },
  http_server_active_requests: {
    help: "HTTP server requests under way.",
    type: "gauge",
    unit: "",
    labels: ["http_request_method", "url_scheme"],
    part: "always",
    convention: "http.server.active_requests",
  },
  http_server_oldest_active_request_age_seconds: {
    help: "Age of the oldest HTTP server request still under way; 0 when there is none.",
    type: "gauge",
    unit: "seconds",
    labels: [],
    part: "always",
    aggregator: "max",
  },
  http_server_untimed_requests_total: {
    help: "HTTP server requests left out of the duration histogram on purpose: event streams and the like.",
    type: "counter",
    unit: "",
    labels: requestLabels,
    part: "always",
  },
  http_server_request_body_size_bytes: {
    help: "Size of HTTP server request bodies as transferred.",
    type: "histogram",
    unit: "bytes",
    labels: requestLabels,
    part: "bodySizes",
    convention: "http.server.request.body.size",
    buckets: bodySizeBuckets,
  },
  http_server_response_body_size_bytes: {
    help: "Size of HTTP server response bodies as transferred.",
    type: "histogram",
    unit: "bytes",
    labels: requestLabels,
    part: "bodySizes",
    convention: "http.server.response.body.size",
    buckets: bodySizeBuckets,
  },
  http_server_client_errors_total: {
    help: "Connections that failed before there was a request: unparsable or oversized headers, timeouts.",
    type: "counter",
    unit: "",
    labels: ["error_type"],
    part: "always",
  },
  http_server_upgrades_total: {
    help: "Requests to upgrade a connection, to a WebSocket for one, by answer.",
    type: "counter",
    unit: "",
    labels: ["network_protocol_name", "http_response_status_code", "error_type"],
    part: "always",
  },
  http_server_active_upgraded_connections: {
    help: "Upgraded connections that are open.",
    type: "gauge",
    unit: "",
    labels: ["network_protocol_name"],
    part: "always",
  },
  http_server_upgraded_connection_duration_seconds: {
    help: "How long upgraded connections lasted.",
    type: "histogram",
    unit: "seconds",
    labels: ["network_protocol_name"],
    part: "always",
    buckets: connectionBuckets,
  },
  http_client_request_duration_seconds: {
    help: "Duration of HTTP calls to other services, from their start to the end of the answer.",
    type: "histogram",
    unit: "seconds",
    labels: [
      "http_request_method",
      "server_address",
      "server_port",
      "http_response_status_code",
      "error_type",
    ],
    part: "always",
    convention: "http.client.request.duration",
    buckets: durationBuckets,
  },
  job_run_duration_seconds: {
    help: "Duration of the runs of jobs.",
    type: "histogram",
    unit: "seconds",
    labels: ["job_name", "error_type"],
    part: "always",
    buckets: jobBuckets,
  },
  job_active_runs: {
    help: "Runs of jobs under way.",
    type: "gauge",
    unit: "",
    labels: ["job_name"],
    part: "always",
  },
  job_run_failures_total: {
    help: "Runs of jobs that failed; 0 from a job's first run on.",
    type: "counter",
    unit: "",
    labels: ["job_name"],
    part: "always",
  },
  job_last_success_timestamp_seconds: {
    help: "When a run of the job last succeeded, in Unix time.",
    type: "gauge",
    unit: "seconds",
    labels: ["job_name"],
    part: "always",
    aggregator: "max",
  },
  log_messages_total: {
    help: "Log lines written, by level.",
    type: "counter",
    unit: "",
    labels: ["level"],
    part: "always",
  },
  taffrail_log_written_lines_total: {
    help: "Log lines that an output took, whole.",
    type: "counter",
    unit: "",
    labels: ["log_output"],
    part: "always",
  },
  taffrail_log_written_bytes_total: {
    help: "Bytes of log that an output took.",
    type: "counter",
    unit: "bytes",
    labels: ["log_output"],
    part: "always",
  },
  taffrail_log_dropped_lines_total: {
    help: "Log lines lost because an output did not take them, by what kept it: EAGAIN is a reader that does not read.",
    type: "counter",
    unit: "",
    labels: ["log_output", "error_type"],
    part: "always",
  },
  taffrail_log_write_errors_total: {
    help: "Failed attempts to write log lines; what waits is tried again.",
    type: "counter",
    unit: "",
    labels: ["log_output", "error_type"],
    part: "always",
  },
  taffrail_log_queue_bytes: {
    help: "Bytes of log that wait for their output.",
    type: "gauge",
    unit: "bytes",
    labels: ["log_output"],
    part: "always",
  },
  taffrail_log_truncated_lines_total: {
    help: "Log lines of which something was cut or left out, to keep within a line's limits.",
    type: "counter",
    unit: "",
    labels: [],
    part: "always",
  },
  taffrail_log_degraded_lines_total: {
    help: "Log lines with a value that could not be read: a getter that threw, a revoked proxy.",
    type: "counter",
    unit: "",
    labels: [],
    part: "always",
  },
  nodejs_eventloop_time_seconds_total: {
    help: "Time the event loop has spent in each state.",
    type: "counter",
    unit: "seconds",
    labels: ["nodejs_eventloop_state"],
    part: "runtime",
    convention: "nodejs.eventloop.time",
  },
  nodejs_eventloop_delay_min_seconds: eventLoopDelay("minimum", "min", "min"),
  nodejs_eventloop_delay_max_seconds: eventLoopDelay("maximum", "max", "max"),
  nodejs_eventloop_delay_mean_seconds: eventLoopDelay("mean", "mean", "average"),
  nodejs_eventloop_delay_stddev_seconds: eventLoopDelay("standard deviation", "stddev", "average"),
  nodejs_eventloop_delay_p50_seconds: eventLoopDelay("50th percentile", "p50", "average"),
  nodejs_eventloop_delay_p90_seconds: eventLoopDelay("90th percentile", "p90", "average"),
  nodejs_eventloop_delay_p99_seconds: eventLoopDelay("99th percentile", "p99", "average"),
  v8js_gc_duration_seconds: {
    help: "Duration of garbage collections, every one counted.",
    type: "histogram",
    unit: "seconds",
    labels: ["v8js_gc_type"],
    part: "runtime",
    convention: "v8js.gc.duration",
    // The convention's boundaries, and one below: most scavenges take less than a millisecond.
    buckets: [0.001, ...durationBuckets],
  },
  v8js_memory_heap_used_bytes: heapSpace("Heap memory in use, by heap space.", "v8js.memory.heap.used"),
  v8js_memory_heap_space_size_bytes: heapSpace(
    "Heap memory set aside, by heap space.",
    "v8js.memory.heap.space.size",
  ),
  v8js_memory_heap_space_available_size_bytes: heapSpace(
    "Heap memory set aside and free, by heap space.",
    "v8js.memory.heap.space.available_size",
  ),
  v8js_memory_heap_space_physical_size_bytes: heapSpace(
    "Heap memory committed, by heap space.",
    "v8js.memory.heap.space.physical_size",
  ),
  v8js_heap_size_limit_bytes: {
    help: "The heap size at which V8 ends the process (--max-old-space-size and the young generation).",
    type: "gauge",
    unit: "bytes",
    labels: [],
    part: "runtime",
  },
  v8js_resource_active: {
    help: "Resources that keep the event loop alive, by type.",
    type: "gauge",
    unit: "",
    labels: ["v8js_resource_type"],
    part: "runtime",
    convention: "v8js.resource.active",
  },
  process_cpu_time_seconds_total: {
    help: "CPU time of the process, by mode.",
    type: "counter",
    unit: "seconds",
    labels: ["cpu_mode"],
    part: "runtime",
    convention: "process.cpu.time",
  },
  process_memory_usage_bytes: {
    help: "Resident memory of the process.",
    type: "gauge",
    unit: "bytes",
    labels: [],
    part: "runtime",
    convention: "process.memory.usage",
  },
  process_uptime_seconds: {
    help: "Time since the process started; time() minus this is when it did.",
    type: "gauge",
    unit: "seconds",
    labels: [],
    part: "runtime",
    convention: "process.uptime",
    aggregator: "min",
  },
  // The convention's process.unix.file_descriptor.count would end in `_count`, which Prometheus keeps for histograms.
  process_open_file_descriptors: {
    help: "File descriptors the process has open.",
    type: "gauge",
    unit: "",
    labels: [],
    part: "runtime, Linux",
  },
  process_max_file_descriptors: {
    help: "File descriptors the process may have open (the soft limit).",
    type: "gauge",
    unit: "",
    labels: [],
    part: "runtime, Linux",
  },
  taffrail_scrape_duration_seconds: {
    help: "Time to collect and write one scrape.",
    type: "histogram",
    unit: "seconds",
    labels: [],
    part: "always",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  },
  taffrail_scrape_size_bytes: {
    help: "Size of the last scrape, before compression.",
    type: "gauge",
    unit: "bytes",
    labels: [],
    part: "always",
  },
  taffrail_scrape_failures_total: {
    help: "Times a metric was left out of a scrape because reading or writing it failed.",
    type: "counter",
    unit: "",
    labels: ["metric_name"],
    part: "always",
  },
  taffrail_metric_overflow_total: {
    help: "Observations counted in the overflow series because a metric has reached its limit of label sets.",
    type: "counter",
    unit: "",
    labels: ["metric_name"],
    part: "always",
  },
  taffrail_metric_rejected_values_total: {
    help: "Observations dropped because the value was negative, infinite or not a number.",
    type: "counter",
    unit: "",
    labels: ["metric_name"],
    part: "always",
  },
};

function eventLoopDelay(
  words: string,
  suffix: string,
  aggregator: "min" | "max" | "average",
): MetricDefinition {
  return {
    help: `Event loop delay over the last 30 to 60 seconds: ${words}.`,
    type: "gauge",
    unit: "seconds",
    labels: [],
    part: "runtime",
    convention: `nodejs.eventloop.delay.${suffix}`,
    aggregator,
  };
}

function heapSpace(help: string, convention: string): MetricDefinition {
  return {
    help,
    type: "gauge",
    unit: "bytes",
    labels: ["v8js_heap_space_name"],
    part: "runtime",
    convention,
  };
}
