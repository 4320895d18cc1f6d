import { parseLevelSpec } from "../logger/levels.ts";
import { parseHostEntry } from "./host-entry.ts";
import { callable, flag, having, integer, type Kind, matching, oneOf, text, texts } from "./kinds.ts";
import { presetNames } from "./presets.ts";

/** One setting: where it may come from and what it may be. */
export interface Setting {
  readonly kind: Kind;
  /** Its environment variable, if it has one. */
  readonly env?: string;
  /** Its value is never printed, not even when it is wrong. */
  readonly secret?: boolean;
}

const levelSpec = matching(
  "a level (trace, debug, info, warn, error, fatal, silent), or with exceptions by name: info,http=debug",
  (value) => parseLevelSpec(value, "info") !== undefined,
);
// RFC 9110 token: what setHeader accepts.
const headerName = matching("a header name", (value) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/.test(value));
const hosts = texts(
  "a list of hosts: api.example.com, *.internal, 10.0.0.7, [::1], each with a port or without",
  (item) => parseHostEntry(item) !== undefined,
);
const milliseconds = integer(0, 86_400_000);

/** Every setting by option path: the one list that checking, the environment and docs/configuration.md follow. */
export const settings: Readonly<Record<string, Setting>> = {
  preset: { kind: oneOf(presetNames), env: "NODE_ENV" },
  serviceName: { kind: text(), env: "OTEL_SERVICE_NAME" },
  serviceVersion: { kind: text() },
  environment: { kind: text() },
  serviceInstanceId: { kind: text() },
  "log.level": { kind: levelSpec, env: "LOG_LEVEL" },
  "log.format": { kind: oneOf(["json", "pretty"]), env: "LOG_FORMAT" },
  "log.destination": { kind: having("write") },
  "log.stdout": { kind: flag(), env: "LOG_STDOUT" },
  "log.file": { kind: text(), env: "LOG_FILE" },
  "log.fileMaxBytes": { kind: integer(0, 1_099_511_627_776), env: "LOG_FILE_MAX_BYTES" },
  "log.fileKeep": { kind: integer(0, 1_000), env: "LOG_FILE_KEEP" },
  "redact.keys": { kind: texts(), env: "TAFFRAIL_REDACT_KEYS" },
  "redact.headersAllow": { kind: texts(), env: "TAFFRAIL_HEADERS_ALLOW" },
  "redact.paths": { kind: texts(), env: "TAFFRAIL_REDACT_PATHS" },
  "redact.queryAllow": { kind: texts(), env: "TAFFRAIL_QUERY_ALLOW" },
  "http.requestIdHeader": { kind: headerName, env: "TAFFRAIL_REQUEST_ID_HEADER" },
  "http.trustRequestId": { kind: flag(), env: "TAFFRAIL_TRUST_REQUEST_ID" },
  "http.slowRequestMs": { kind: milliseconds, env: "TAFFRAIL_SLOW_REQUEST_MS" },
  "http.skip": { kind: texts(), env: "TAFFRAIL_SKIP" },
  "http.quiet": { kind: texts(), env: "TAFFRAIL_QUIET" },
  "http.level": { kind: callable() },
  "outgoing.propagateTo": { kind: hosts, env: "TAFFRAIL_PROPAGATE_TO" },
  "outgoing.measure": { kind: flag(), env: "TAFFRAIL_MEASURE_OUTGOING" },
  "metrics.registry": { kind: having("registerMetric", "getSingleMetric", "metrics") },
  "metrics.maxLabelSets": { kind: integer(10, 1_000_000), env: "TAFFRAIL_MAX_LABEL_SETS" },
  "metrics.runtime": { kind: flag(), env: "TAFFRAIL_RUNTIME_METRICS" },
  "metrics.bodySizes": { kind: flag(), env: "TAFFRAIL_BODY_SIZES" },
  "ops.listen": { kind: flag(), env: "TAFFRAIL_OPS_LISTEN" },
  "ops.host": { kind: text(), env: "TAFFRAIL_OPS_HOST" },
  "ops.port": { kind: integer(0, 65_535), env: "TAFFRAIL_OPS_PORT" },
  "ops.token": { kind: text({ minLength: 16 }), env: "TAFFRAIL_OPS_TOKEN", secret: true },
  "lifecycle.signals": { kind: flag(), env: "TAFFRAIL_SIGNALS" },
  "lifecycle.crash": { kind: flag(), env: "TAFFRAIL_CRASH" },
  "lifecycle.heartbeatMs": { kind: milliseconds, env: "TAFFRAIL_HEARTBEAT_MS" },
  "lifecycle.readinessDelayMs": { kind: milliseconds, env: "TAFFRAIL_READINESS_DELAY_MS" },
  "lifecycle.drainTimeoutMs": { kind: milliseconds, env: "TAFFRAIL_DRAIN_TIMEOUT_MS" },
};

/** The prefix no variable of anybody else's has: one that is not in the table is a slip of the pen. */
export const ownPrefix = "TAFFRAIL_";
