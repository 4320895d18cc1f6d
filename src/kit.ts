import type { Logger as PinoLogger } from "pino";
import type { Registry } from "prom-client";
import type { TaffrailOptions } from "./config/options.ts";
import { resolveOptions } from "./config/resolve.ts";
import { scopes } from "./context/scope.ts";
import { HttpExchanges } from "./http/exchanges.ts";
import { idsOf } from "./http/outgoing/carried-headers.ts";
import { watchOutgoing } from "./http/outgoing/outgoing.ts";
import { activeSpan } from "./http/trace-context.ts";
import { type JobFields, Jobs } from "./jobs/jobs.ts";
import { createLifecycle } from "./lifecycle/lifecycle.ts";
import { processFields } from "./lifecycle/process-fields.ts";
import type { Level } from "./logger/levels.ts";
import { createLogger } from "./logger/logger.ts";
import { reportLoss } from "./logger/output/loss.ts";
import { openDestination } from "./logger/output/open-destination.ts";
import { createProblems } from "./logger/problems.ts";
import { createRedaction } from "./logger/redaction/redaction.ts";
import { createMetrics } from "./metrics/metrics.ts";
import { createHealth, type Health } from "./ops/health.ts";
import { createOpsHandler, type OpsHandler } from "./ops/ops-handler.ts";
import { createOpsServer, type OpsAddress } from "./ops/ops-server.ts";

/** pino's logger; and `log.error("text", err)`, which its types forbid and everybody writes, keeps the error. */
export type TaffrailLogger = PinoLogger &
  Readonly<Record<Level, (msg: string, ...values: unknown[]) => void>>;

/** A service's logs, metrics and health in one: what `createTaffrail` gives. */
export interface Taffrail {
  /** The pino logger. Inside a request its lines carry the request's ids. */
  readonly log: TaffrailLogger;
  /** The logger of one part of the program: `scope_name` on its lines, its own level by `LOG_LEVEL=info,db=debug`. */
  logger(name: string): TaffrailLogger;
  /** Add fields to the current request's completion line and its later lines. Outside a request it does nothing, and says so once. */
  addFields(fields: Readonly<Record<string, unknown>>): void;
  /** The current request's id, for an error page say; undefined outside a request. */
  requestId(): string | undefined;
  /** The headers that carry the current request's ids to another service; empty outside a request. */
  propagationHeaders(): Record<string, string>;
  /** The same, and the active span of an OpenTelemetry SDK, to travel in a job's data: `kit.runJob` takes it as `headers`. */
  jobHeaders(): Record<string, string>;
  /**
   * Do work that no request asks for (cron, a queue's job) in a scope of its own: its lines and calls carry one
   * `request_id`, and it leaves one `job.run` line and its metrics. Within a request it keeps the request's id.
   *
   * @param name names the kind of work, not this one run: it is a metric's label
   * @param fields fields of the completion line; `headers` is what {@link Taffrail.jobHeaders} gave where the job was made
   * @throws what the work throws, after it was logged
   * @example
   * await kit.runJob("receipt.send", { headers: job.data.headers, order_id: 7 }, () => sendReceipt(7));
   */
  runJob<T>(name: string, fields: JobFields, work: () => T | PromiseLike<T>): Promise<T>;
  /** Where the kit's metrics are, and the application's own may go. */
  readonly metrics: { readonly registry: Registry };
  /** The checks that `/readyz` asks. */
  readonly health: Health;
  /** The operations endpoints as a plain Node handler, to mount on the application on purpose. */
  readonly ops: OpsHandler;
  /**
   * Start: listen with the operations server (unless `ops.listen` is false), mind the signals, log `process.start`.
   *
   * @returns where the operations server listens
   * @throws TaffrailError `ERR_TAFFRAIL_OPS_PORT_IN_USE`, `ERR_TAFFRAIL_OPS_LISTEN`
   */
  listen(): Promise<OpsAddress | undefined>;
  /** Have something ended when the service begins to stop, beside the running requests: streams that would go on for ever. */
  onDrain(name: string, close: () => unknown): void;
  /** Have something closed after the last request, a database pool for one; what was registered last goes first. */
  onClose(name: string, close: () => unknown): void;
  /**
   * Stop in good order: not ready, drain, close, log `process.stop`, flush. Safe to call twice.
   *
   * @returns the names of what did not end in time or failed
   */
  close(): Promise<readonly string[]>;
  /** The way in for adapters. */
  readonly http: HttpExchanges;
}

/**
 * Create a kit. Options win over environment variables, those over the preset that `NODE_ENV` picks.
 *
 * @throws TaffrailError `ERR_TAFFRAIL_CONFIG_INVALID` for an option or variable that is unknown or wrong,
 * `ERR_TAFFRAIL_PRETTY_MISSING` where pretty output is asked for without its package
 * @example
 * const kit = createTaffrail({ serviceName: "shop" });
 * app.use(requestLogger(kit));
 * await kit.listen();
 */
export function createTaffrail(options: TaffrailOptions = {}): Taffrail {
  const config = resolveOptions(options);
  const { destination, outputs } = openDestination(config.log, (loss) => reportLoss(logger.events(), loss));
  const logger = createLogger({
    resource: config.resource,
    levels: config.log,
    destination,
    redaction: createRedaction(config.redact.keys, config.redact.headersAllow),
    onLine: (level) => metrics.countLogMessage(level),
    activeSpan,
  });
  const problems = createProblems(logger.events());
  const metrics = createMetrics({
    ...config.metrics,
    resource: { ...config.resource },
    onProblem: problems,
    logPath: { outputs, lines: logger.stats },
  });
  const health = createHealth();
  const http = new HttpExchanges({
    ...config,
    log: logger.log,
    events: logger.events("http"),
    metrics: metrics.http,
    upgradeMetrics: metrics.upgrades,
  });
  const jobs = new Jobs({
    owner: http,
    requestIdHeader: http.requestIdHeader,
    events: logger.events("jobs"),
    metrics: metrics.jobs,
  });
  const endOutgoing = watchOutgoing({
    ...config,
    owner: http,
    events: logger.events("outgoing"),
    metrics: metrics.outgoing,
    onError: (error) =>
      problems({ name: "outgoing", msg: "an outgoing call could not be watched", fields: { err: error } }),
  });
  const answer = createOpsHandler({
    metrics,
    health,
    logLevels: { read: logger.readLevels, set: logger.setLevel },
    info: () => ({ ...config.resource, preset: config.preset, ...processFields() }),
    token: config.ops.token,
    onError: (error) =>
      problems({ name: "ops", msg: "an operations request failed", fields: { err: error } }),
  });
  // Mounted on the application, the endpoints are no traffic of the service's.
  const ops: OpsHandler = (req, res) => {
    scopes.getStore()?.hush();
    return answer(req, res);
  };
  const server = config.ops.listen ? createOpsServer({ ...config.ops, handler: answer }) : undefined;
  const lifecycle = createLifecycle({
    config: config.lifecycle,
    logger,
    health,
    http,
    metrics,
    server,
    flushesAtExit: config.log.destination === undefined,
  });
  // Registered first, so closed last: what is closed before may still make calls.
  lifecycle.onClose("outgoing calls", endOutgoing);
  lifecycle.onDrain("running jobs", () => jobs.idle());

  return {
    log: logger.log,
    logger: logger.named,
    addFields(fields) {
      const scope = scopes.getStore();
      if (scope) scope.addFields(fields);
      else
        problems({
          name: "add-fields",
          msg: "addFields was called outside a request: the fields are lost",
          fields,
        });
    },
    requestId: () => scopes.getStore()?.requestId,
    propagationHeaders: () => scopes.getStore()?.propagationHeaders() ?? {},
    jobHeaders: () => idsOf(scopes.getStore()),
    runJob: (name, fields, work) => jobs.run(name, fields, work),
    metrics,
    health,
    ops,
    listen: () => lifecycle.start(),
    onDrain: lifecycle.onDrain,
    onClose: lifecycle.onClose,
    close: () => lifecycle.close(),
    http,
  };
}
