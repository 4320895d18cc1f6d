import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Child } from "../support/child.ts";
import { ask } from "../support/client.ts";
import { brokenRules } from "../support/line-rules.ts";
import { until } from "../support/poll.ts";

const heartbeatTimeoutMs = 1_500;
let sink: Child;
let url: string;
let opsUrl: string;

beforeAll(async () => {
  sink = new Child(
    "main.js",
    {
      OTEL_SERVICE_NAME: "alert-sink",
      SINK_HEARTBEATS: "Watchdog",
      SINK_HEARTBEAT_TIMEOUT_MS: String(heartbeatTimeoutMs),
      SINK_LOOK_EVERY_MS: "100",
    },
    { folder: "build/demo/alert-sink" },
  );
  url = String((await sink.line(({ msg }) => msg === "listening"))["url"]);
  const ops = await sink.line(({ event_name }) => event_name === "ops.listen");
  opsUrl = `http://127.0.0.1:${String(ops["server_port"])}`;
});
afterAll(async () => {
  sink.kill("SIGTERM");
  await sink.ended;
});

describe("the alert sink", () => {
  it("logs each alert of a notification in the contract, and gives it to who asks", async () => {
    expect((await post("/alerts", notification("HighErrors", "firing"))).status).toBe(200);
    const line = await sink.line(({ event_name }) => event_name === "alert.received");
    expect(line).toMatchObject({
      level: "warn",
      msg: "HighErrors firing: too many",
      alert_name: "HighErrors",
      alert_status: "firing",
      alert_severity: "page",
      alert_service_name: "shop",
    });
    expect(brokenRules(`${JSON.stringify(line)}\n`)).toEqual([]);
    const found = JSON.parse((await ask(`${url}/alerts?alertname=HighErrors&severity=page`)).text) as {
      alerts: { alert: { fingerprint: string } }[];
    };
    expect(found.alerts.map(({ alert }) => alert.fingerprint)).toEqual(["abc"]);
    expect(JSON.parse((await ask(`${url}/alerts?alertname=Other`)).text)).toEqual({ alerts: [] });
  });

  it("refuses what is no notification", async () => {
    for (const body of ["{}", "no JSON", '{"alerts":[{"status":"firing"}]}']) {
      expect((await ask(`${url}/alerts`, { method: "POST", body })).status, body).toBe(400);
    }
    expect((await ask(`${url}/elsewhere`)).status).toBe(404);
    expect((await ask(`${url}/heartbeats`)).status).toBe(405);
  });

  it("notices that a heartbeat stays away, is not ready meanwhile, and sees it come back", async () => {
    await post("/heartbeats", notification("Watchdog", "firing"));
    const missing = await sink.line(({ event_name }) => event_name === "alert.heartbeat_missing");
    expect(missing).toMatchObject({ level: "error", alert_name: "Watchdog" });
    const metrics = (await ask(`${opsUrl}/metrics`)).text;
    const [, age] = /alert_sink_heartbeat_age_seconds\{alert_name="Watchdog"\} (\S+)/.exec(metrics) ?? [];
    expect(Number(age)).toBeGreaterThanOrEqual(heartbeatTimeoutMs / 1000);
    expect((await ask(`${opsUrl}/readyz`)).status).toBe(503);

    await post("/heartbeats", notification("Watchdog", "firing"));
    await sink.line(({ event_name }) => event_name === "alert.heartbeat_back");
    await until(
      async () => (await ask(`${opsUrl}/readyz`)).status,
      (status) => status === 200,
    );
  });
});

function post(path: string, body: object): ReturnType<typeof ask> {
  return ask(`${url}${path}`, { method: "POST", body: JSON.stringify(body) });
}

/** What Alertmanager posts. */
function notification(alertname: string, status: "firing" | "resolved"): object {
  return {
    version: "4",
    groupKey: `{}:{alertname="${alertname}"}`,
    status,
    receiver: "page",
    groupLabels: { alertname },
    externalURL: "http://127.0.0.1:9093",
    alerts: [
      {
        status,
        labels: { alertname, severity: "page", service_name: "shop" },
        annotations: { summary: "too many" },
        startsAt: "2026-11-22T10:00:00Z",
        endsAt: "0001-01-01T00:00:00Z",
        generatorURL: "",
        fingerprint: "abc",
      },
    ],
  };
}
