/** The named sets of defaults. */
export const presetNames = ["development", "test", "production"] as const;

export type Preset = (typeof presetNames)[number];

/** What every preset starts from. Keys are option paths, as in the table of settings. */
const base = {
  "log.level": "info",
  "log.format": "json",
  "log.fileMaxBytes": 0,
  "log.fileKeep": 5,
  "redact.keys": [],
  "redact.headersAllow": [],
  "redact.paths": [],
  "redact.queryAllow": [],
  "http.requestIdHeader": "x-request-id",
  "http.trustRequestId": true,
  "http.slowRequestMs": 10_000,
  "http.skip": [],
  "http.quiet": ["/healthz", "/readyz", "/livez", "/favicon.ico"],
  "outgoing.propagateTo": [],
  "outgoing.measure": true,
  "metrics.maxLabelSets": 1_000,
  "metrics.runtime": true,
  "metrics.bodySizes": false,
  "ops.listen": true,
  "ops.host": "127.0.0.1",
  "ops.port": 9464,
  "lifecycle.signals": true,
  "lifecycle.crash": true,
  "lifecycle.heartbeatMs": 0,
  "lifecycle.readinessDelayMs": 0,
  "lifecycle.drainTimeoutMs": 10_000,
} as const;

/** The defaults by preset: what differs from the base is written, nothing else. */
export const presets: Readonly<Record<Preset, Readonly<Record<string, unknown>>>> = {
  production: { ...base, "lifecycle.heartbeatMs": 300_000 },
  development: { ...base, "log.level": "debug", "log.format": "pretty" },
  test: { ...base, "ops.port": 0, "lifecycle.signals": false, "lifecycle.crash": false },
};
