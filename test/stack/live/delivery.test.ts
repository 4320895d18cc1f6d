import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stackMetrics } from "../../../dashboards/source/model/stack-metrics.ts";
import { ask } from "../../support/client.ts";
import { until } from "../../support/poll.ts";
import { type LiveStack, startStack } from "./live-stack.ts";
import { missing } from "./programs.ts";

const lacks = missing();
if (lacks.length > 0)
  process.stderr.write(`\nNot run: ${lacks.join(", ")} not on the PATH. With URLs: taffrail test-alert.\n`);

describe.skipIf(lacks.length > 0)("the stack's own configuration, running", () => {
  let stack: LiveStack;
  beforeAll(async () => {
    stack = await startStack();
  }, 120_000);
  afterAll(() => stack.stop());

  it("delivers an alert from a line in a file to the sink, and test-alert sees it at every hop", async () => {
    const { code, stdout } = await taffrail("test-alert", "--logs", stack.logs, "--timeout", "120");
    process.stdout.write(stdout);
    expect(stdout.match(/^ok /gm), stdout).toHaveLength(5);
    expect(code).toBe(0);
  });

  it("delivers an alert on the demo's own lines: an error burst of the shop", async () => {
    await ask(`${stack.urls.shop}/_demo/incidents`, { method: "PUT", body: '["database-down"]' });
    const asked = setInterval(() => {
      // 500s, as wanted; the answer is of no interest.
      void ask(`${stack.urls.shop}/api/acme/orders`, { headers: { authorization: "Bearer ada" } }).catch(
        () => undefined,
      );
    }, 100);
    const alert = await until(
      () =>
        stack.sink.lines.find(
          ({ event_name, alert_service_name }) =>
            event_name === "alert.received" && alert_service_name === "shop",
        ),
      (line) => line !== undefined,
      600_000,
    );
    clearInterval(asked);
    process.stdout.write(`${JSON.stringify(alert)}
`);
  });

  it("check finds it whole", async () => {
    const report = await until(
      () => taffrail("check", "shop", "alert-sink", "--no-grafana", "--rules", "dashboards/alerts/*/*.yml"),
      ({ code }) => code === 0,
      240_000,
    );
    process.stdout.write(report.stdout);
  });

  it("records requests by logs, and Prometheus has them", async () => {
    const query =
      'service:http_server_requests:log_rate5m{service_name="shop", deployment_environment_name="demo"}';
    const value = await until(
      async () => {
        const { text } = await ask(`${stack.urls.prometheus}/api/v1/query?${new URLSearchParams({ query })}`);
        const { data } = JSON.parse(text) as { data: { result: { value: [number, string] }[] } };
        return Number(data.result[0]?.value[1]);
      },
      (rate) => rate > 0,
      120_000,
    );
    process.stdout.write(`${query} ${value}\n`);
  });

  it("shows each metric that dashboards and rules ask of its parts", async () => {
    await refusedLine(stack.urls.loki);
    const shown = await Promise.all(
      (["loki", "prometheus", "alertmanager"] as const).map(async (part) => {
        const { text } = await ask(`${stack.urls[part]}/metrics`);
        return [...text.matchAll(/^[a-z_]+/gm)].map(([name]) => name);
      }),
    );
    // Alloy is another test's; `up` and ALERTS are series that Prometheus makes.
    const others = ["up", "ALERTS", "loki_write_dropped_entries_total"];
    const declared = Object.keys(stackMetrics).filter((name) => !others.includes(name));
    expect(declared.filter((name) => !shown.flat().includes(name))).toEqual([]);
  });

  it("notices that the chain is dead: the sink misses the heartbeat when Alertmanager is gone", async () => {
    await stack.alertmanager.stop();
    const line = await until(
      () => stack.sink.lines.find(({ event_name }) => event_name === "alert.heartbeat_missing"),
      (found) => found !== undefined,
      360_000,
    );
    expect(line).toMatchObject({ level: "error", alert_name: "LogWatchdog" });
  });

  /** Loki counts what it refuses: a line that is too old, for one. */
  async function refusedLine(url: string): Promise<void> {
    const streams = [{ stream: { service_name: "old" }, values: [["1000000000000000000", "too old"]] }];
    const { status } = await ask(`${url}/loki/api/v1/push`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ streams }),
    });
    expect(status).toBe(400);
  }

  function taffrail(...args: readonly string[]): Promise<{ code: number | null; stdout: string }> {
    const { loki, prometheus, alertmanager, sink } = stack.urls;
    const env = {
      LOKI_URL: loki,
      PROMETHEUS_URL: prometheus,
      ALERTMANAGER_URL: alertmanager,
      ALERT_SINK_URL: sink,
    };
    const child = spawn(process.execPath, [resolve("dist/src/cli/main.js"), ...args], {
      env: { ...process.env, ...env },
    });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    return new Promise((done) => child.once("close", (code) => done({ code, stdout })));
  }
});
