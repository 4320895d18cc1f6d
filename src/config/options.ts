import type { DestinationStream } from "pino";
import type { Registry } from "prom-client";
import type { Outcome } from "../contract/fields.ts";
import type { Level, Threshold } from "../logger/levels.ts";
import type { Preset } from "./presets.ts";

/** What `createTaffrail` takes. An option wins over its environment variable, that over the preset. */
export interface TaffrailOptions {
  /** The set of defaults. @default `NODE_ENV`, or `development` */
  readonly preset?: Preset;
  /** `service_name` on every line. @default `OTEL_SERVICE_NAME`, or `name` in ./package.json */
  readonly serviceName?: string;
  /** `service_version` on every line. @default `service.version` in `OTEL_RESOURCE_ATTRIBUTES`, or `version` in ./package.json */
  readonly serviceVersion?: string;
  /** `deployment_environment_name` on every line. @default `deployment.environment.name` in `OTEL_RESOURCE_ATTRIBUTES`, or the preset's name */
  readonly environment?: string;
  /** `service_instance_id` on every line. @default `service.instance.id` in `OTEL_RESOURCE_ATTRIBUTES`, or host name and process id */
  readonly serviceInstanceId?: string;
  readonly log?: LogOptions;
  readonly redact?: RedactOptions;
  readonly http?: HttpOptions;
  readonly outgoing?: OutgoingOptions;
  readonly metrics?: MetricsOptions;
  readonly ops?: OpsOptions;
  readonly lifecycle?: LifecycleOptions;
}

export interface LogOptions {
  /** Least severe level written: one for all, or with exceptions by logger name, `info,http=debug`. @default `LOG_LEVEL`; `debug` in development, else `info` */
  readonly level?: string;
  /** One JSON object a line, or text for people. @default `LOG_FORMAT`; `pretty` in development, else `json` */
  readonly format?: "json" | "pretty";
  /** Where lines go: a stream of your own, instead of standard output and file. @default none */
  readonly destination?: DestinationStream;
  /** Write lines to standard output. @default `LOG_STDOUT`, or true unless there is a file */
  readonly stdout?: boolean;
  /** File that lines are appended to; opened anew when it is renamed. @default `LOG_FILE`, or none */
  readonly file?: string;
  /** Size in bytes at which the file is put aside as `<file>.1` and a new one begun; 0 is never. @default `LOG_FILE_MAX_BYTES`, or 0 */
  readonly fileMaxBytes?: number;
  /** How many files put aside are kept. @default `LOG_FILE_KEEP`, or 5 */
  readonly fileKeep?: number;
}

export interface RedactOptions {
  /** Key names whose values are masked at any depth, beside the built-in ones; case, `-` and `_` don't count. @default [] */
  readonly keys?: readonly string[];
  /** Headers that are shown where headers are logged, beside the built-in harmless ones; all others are masked. @default [] */
  readonly headersAllow?: readonly string[];
  /** Path templates, `/reset/:code`, whose `:parts` are masked in logged paths, beside those a route names as a secret key. @default [] */
  readonly paths?: readonly string[];
  /** Query parameters whose values are logged as they are; all others are masked. @default [] */
  readonly queryAllow?: readonly string[];
}

export interface HttpOptions {
  /** The header a request id is read from and answered in. @default "x-request-id" */
  readonly requestIdHeader?: string;
  /** Take over a well-formed request id that the caller sent. @default true */
  readonly trustRequestId?: boolean;
  /** Log a request that still runs after this many milliseconds, once; 0 is never. @default 10000 */
  readonly slowRequestMs?: number;
  /** Paths that get no line and no metrics: exact, or ending in `*`. @default [] */
  readonly skip?: readonly string[];
  /** Paths whose successful requests are logged at `debug`: exact, or ending in `*`. @default ["/healthz", "/readyz", "/livez", "/favicon.ico"] */
  readonly quiet?: readonly string[];
  /** Choose the completion line's level; return undefined to keep the usual one. @default info, warn for client errors and aborts, error for server errors */
  readonly level?: (exchange: LevelInput) => Level | undefined;
}

/** What a level function may decide by. */
export interface LevelInput {
  readonly outcome: Outcome;
  readonly method: string;
  readonly route: string | undefined;
  readonly status: number | undefined;
  readonly durationMs: number;
  readonly error: unknown;
}

export interface OutgoingOptions {
  /** Hosts that outgoing calls carry the request id and the trace context to: `payments`, `*.internal`, `10.0.0.7:8080`; nothing is sent to any other. @default `TAFFRAIL_PROPAGATE_TO`, or [] */
  readonly propagateTo?: readonly string[];
  /** Measure outgoing calls and log them: at `debug`, at `warn` where they failed. @default `TAFFRAIL_MEASURE_OUTGOING`, or true */
  readonly measure?: boolean;
}

export interface MetricsOptions {
  /** The prom-client registry that receives the metrics. @default a registry of the kit's own */
  readonly registry?: Registry;
  /** Label sets a metric may have before further ones fall into one overflow series. @default 1000 */
  readonly maxLabelSets?: number;
  /** Measure the runtime: event loop, garbage collection, heap, process. @default true */
  readonly runtime?: boolean;
  /** Measure the sizes of request and response bodies. @default false */
  readonly bodySizes?: boolean;
}

export interface OpsOptions {
  /** Listen at all; false where `kit.ops` is mounted on the application. @default true */
  readonly listen?: boolean;
  /** Address the operations server listens on. @default `TAFFRAIL_OPS_HOST`, or "127.0.0.1" */
  readonly host?: string;
  /** Its port; 0 lets the system choose. @default `TAFFRAIL_OPS_PORT`, or 9464 (0 in tests) */
  readonly port?: number;
  /** Bearer token asked for by all but the health endpoints; at least 16 characters. @default `TAFFRAIL_OPS_TOKEN`, or none */
  readonly token?: string;
}

export interface LifecycleOptions {
  /** Stop in good order on SIGTERM and SIGINT, then end the process. @default true (false in tests) */
  readonly signals?: boolean;
  /** Log an uncaught exception or rejection as `process.crash`; Node still ends the process its own way. @default true (false in tests) */
  readonly crash?: boolean;
  /** Milliseconds between two `process.alive` lines, by which an idle service is told from a dead one; 0 is never. @default `TAFFRAIL_HEARTBEAT_MS`; 300000 in production, else 0 */
  readonly heartbeatMs?: number;
  /** Milliseconds between "not ready" and closing the servers, for load balancers to notice. @default `TAFFRAIL_READINESS_DELAY_MS`, or 0 */
  readonly readinessDelayMs?: number;
  /** Milliseconds that running requests and shutdown hooks get before the stop goes on without them. @default `TAFFRAIL_DRAIN_TIMEOUT_MS`, or 10000 */
  readonly drainTimeoutMs?: number;
}

/** What the kit reads: every value there, checked, frozen. */
export interface ResolvedTaffrailOptions {
  readonly preset: Preset;
  readonly resource: Resource;
  readonly log: {
    readonly root: Threshold;
    readonly named: Readonly<Record<string, Threshold>>;
    readonly format: "json" | "pretty";
    /** The format was asked for by option or environment, not left to the preset. */
    readonly formatChosen: boolean;
    readonly destination: DestinationStream | undefined;
    readonly stdout: boolean | undefined;
    readonly file: string | undefined;
    readonly fileMaxBytes: number;
    readonly fileKeep: number;
  };
  readonly redact: Required<RedactOptions>;
  readonly http: Omit<Required<HttpOptions>, "level"> & Pick<HttpOptions, "level">;
  readonly outgoing: Required<OutgoingOptions>;
  readonly metrics: Omit<Required<MetricsOptions>, "registry"> & Pick<MetricsOptions, "registry">;
  readonly ops: Omit<Required<OpsOptions>, "token"> & { readonly token: string | undefined };
  readonly lifecycle: Required<LifecycleOptions>;
}

/** The fields that stand on every line. */
export interface Resource {
  readonly service_name: string;
  readonly service_version: string;
  readonly deployment_environment_name: string;
  readonly service_instance_id: string;
}
