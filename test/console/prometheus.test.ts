import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DevProcess } from "../cli/dev/dev-process.ts";
import { writeKitService } from "../cli/dev/programs.ts";
import { freePort } from "../support/free-port.ts";
import { until } from "../support/poll.ts";
import { chromiumPath, launchChromium, panelsDrawn } from "./chromium.ts";

const prometheusPath = ["/usr/bin/prometheus", "/usr/local/bin/prometheus"].find(existsSync);
const isMissing = chromiumPath === undefined || prometheusPath === undefined;

describe.skipIf(isMissing)("the console over a Prometheus that runs already (chromium, prometheus)", () => {
  let held: DevProcess;
  let shown: DevProcess;
  let prometheus: ChildProcess;
  let browser: Browser;
  let page: Page;
  let url: string;

  beforeAll(async () => {
    // The log server is one of ours; it scrapes nothing.
    const run = ["--", process.execPath, writeKitService()];
    held = new DevProcess(["--quiet", "--history", "0", "--no-scrape", ...run]);
    const [listens = "{}"] = await held.lines('{service_name="shop"} |= "ops.listen"', 1);
    const { server_port } = JSON.parse(listens) as { readonly server_port: number };
    const port = await freePort();
    prometheus = startPrometheus(port, server_port);
    shown = new DevProcess(["--loki", await held.url(), "--prometheus", `http://127.0.0.1:${port}`]);
    url = await shown.url();
    const rate = 'rate(http_server_request_duration_seconds_count{service_name="shop"}[1m]) > 0';
    await until(
      async () => (await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: rate })}`)).text(),
      (text) => text.includes('"service_name":"shop"'),
      60_000,
    );
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1400, height: 3000 } });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    prometheus?.kill("SIGTERM");
    for (const dev of [shown, held]) {
      dev?.process.kill("SIGTERM");
      await dev?.ended;
    }
  });

  it.each(["taffrail-http-metrics", "taffrail-node-runtime"])(
    "draws the metrics of %s",
    async (uid) => {
      await page.goto(`${url}/#/d/${uid}?from=now-5m`);
      await panelsDrawn(page, uid);
      expect(await page.locator(".panel .notice").allTextContents()).toEqual([]);
      expect(await page.locator(".panel canvas").count()).toBeGreaterThan(2);
    },
    60_000,
  );

  it("shows its alert rules beside those of the log server", async () => {
    await page.goto(`${url}/#/alerts`);
    for (const name of ["LogWatchdog", "EventLoopLagHigh"])
      await page.getByText(name, { exact: true }).waitFor();
    await page.getByText("EventLoopLagHigh", { exact: true }).click();
    await page.locator(".markdown").waitFor();
    expect(await page.locator(".alerts-page").textContent()).toContain("nodejs_eventloop_delay");
  }, 60_000);
});

function startPrometheus(port: number, servicePort: number): ChildProcess {
  const folder = mkdtempSync(join(tmpdir(), "prometheus-"));
  writeFileSync(
    join(folder, "prometheus.yml"),
    `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: ["${resolve("dashboards/alerts/prometheus")}/*.yml"]
scrape_configs:
  - job_name: services
    static_configs:
      - targets: ["127.0.0.1:${servicePort}"]
        labels: { service_name: shop, deployment_environment_name: development }
    metric_relabel_configs:
      - { action: labeldrop, regex: "exported_(service_name|deployment_environment_name)" }
`,
  );
  return spawn(
    prometheusPath ?? "",
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: "ignore" },
  );
}
