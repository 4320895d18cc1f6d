import type { IncomingMessage } from "node:http";
import type { Metrics } from "../metrics/metrics.ts";
import type { Health, HealthReport } from "./health.ts";
import { changeLogLevel, type LogLevelControl, readLogLevel } from "./log-level-endpoint.ts";
import { jsonAnswer, type OpsAnswer } from "./ops-answer.ts";

/** What the endpoints read and change. */
export interface OpsEndpointsOptions {
  readonly metrics: Pick<Metrics, "render">;
  readonly health: Pick<Health, "check">;
  readonly logLevels: LogLevelControl;
  /** What /info answers: name, version, environment; never configuration that holds secrets. */
  info(): Readonly<Record<string, unknown>>;
}

export interface Endpoint {
  /** Open endpoints are for probes, which carry no token. */
  readonly open?: boolean;
  read(req: IncomingMessage, authorized: boolean): OpsAnswer | Promise<OpsAnswer>;
  put?(req: IncomingMessage): OpsAnswer | Promise<OpsAnswer>;
}

/** The endpoints by path. */
export function createEndpoints(options: OpsEndpointsOptions): ReadonlyMap<string, Endpoint> {
  const { metrics, health, logLevels } = options;
  return new Map<string, Endpoint>([
    ["/metrics", { read: (req) => renderMetrics(metrics, req) }],
    // Liveness asks nothing of anyone: a slow database is no reason to restart the service.
    ["/healthz", { open: true, read: () => jsonAnswer(200, { status: "ok" }) }],
    [
      "/readyz",
      { open: true, read: async (_, authorized) => readinessAnswer(await health.check(), authorized) },
    ],
    ["/info", { read: () => jsonAnswer(200, options.info()) }],
    ["/log-level", { read: () => readLogLevel(logLevels), put: (req) => changeLogLevel(req, logLevels) }],
  ]);
}

async function renderMetrics(metrics: Pick<Metrics, "render">, req: IncomingMessage): Promise<OpsAnswer> {
  const { contentType, body } = await metrics.render(req.headers.accept);
  return { status: 200, contentType, body };
}

/** Where a token is asked for, the messages of failed checks are for those who have it; the verdict is for all. */
function readinessAnswer(report: HealthReport, authorized: boolean): OpsAnswer {
  const { ready, reason, checks } = report;
  const shown = Object.entries(checks).map(([name, result]) => {
    const { status, duration_ms } = result;
    return [name, authorized ? result : { status, duration_ms }];
  });
  const body = { status: ready ? "ready" : "not_ready", reason, checks: Object.fromEntries(shown) };
  return jsonAnswer(ready ? 200 : 503, body);
}
