import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { Taffrail } from "taffrail";
import type { NodeHandler } from "taffrail/node";
import type { Heartbeats } from "./heartbeats.ts";
import { type Alert, parseNotification } from "./notification.ts";
import type { Received } from "./received.ts";

export interface AlertSinkOptions {
  readonly kit: Taffrail;
  readonly heartbeats: Heartbeats;
  readonly received: Received;
}

/**
 * Where alerts arrive: `POST /alerts` and `POST /heartbeats` take Alertmanager's notifications, `GET /alerts?name=value`
 * answers those that came, by their labels.
 */
export function createAlertSink(options: AlertSinkOptions): NodeHandler {
  return async (req, res, exchange) => {
    const { pathname, searchParams } = new URL(req.url ?? "/", "http://sink");
    if (pathname !== "/alerts" && pathname !== "/heartbeats")
      return answer(res, 404, { error: "no such route" });
    exchange.setRoute(pathname);
    if (req.method === "POST") {
      const alerts = await notification(req);
      if (alerts === undefined) return answer(res, 400, { error: "not a notification of Alertmanager" });
      for (const alert of alerts) take(alert, pathname, options);
      return answer(res, 200, { alerts: alerts.length });
    }
    if (req.method !== "GET" || pathname !== "/alerts") return answer(res, 405, { error: "not allowed" });
    answer(res, 200, { alerts: options.received.find(new Map(searchParams)) });
  };
}

async function notification(req: IncomingMessage): Promise<readonly Alert[] | undefined> {
  const body = await json(req).catch(() => undefined); // Not JSON is not a notification.
  return parseNotification(body);
}

function take(alert: Alert, pathname: string, { kit, heartbeats, received }: AlertSinkOptions): void {
  const { alertname = "unknown" } = alert.labels;
  if (pathname === "/heartbeats") {
    heartbeats.beat(alertname);
    return;
  }
  received.add(alert);
  // warn at most: what is wrong is wrong elsewhere.
  const level = alert.status === "firing" ? "warn" : "info";
  kit.log[level](
    fieldsOf(alert),
    `${alertname} ${alert.status}: ${alert.annotations["summary"] ?? "no summary"}`,
  );
}

function fieldsOf({ status, labels, annotations, startsAt, fingerprint }: Alert): object {
  return {
    event_name: "alert.received",
    alert_name: labels["alertname"],
    alert_status: status,
    alert_severity: labels["severity"],
    alert_service_name: labels["service_name"],
    alert_starts_at: startsAt,
    alert_fingerprint: fingerprint,
    alert_runbook_url: annotations["runbook_url"],
  };
}

function answer(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { "content-type": "application/json" }).end(`${JSON.stringify(body)}\n`);
}
