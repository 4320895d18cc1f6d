import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IncidentName } from "../../demo/scenarios.ts";
import { DevProcess } from "../cli/dev/dev-process.ts";
import { Recorder } from "../incidents/recorder.ts";
import { chromiumPath, launchChromium } from "./chromium.ts";

const alert = "LogErrorRatioHigh";

/**
 * The shipped rules of requests, with minutes as seconds: the window of 5 min takes 15 s, and what must last for 2 min
 * 7 s, longer than two of the page's looks at the rules, 3 s apart: a shorter one can pass between them unseen.
 */
function shippedRulesFaster(): string {
  const text = readFileSync("dashboards/alerts/loki/http.yml", "utf8");
  const faster = text
    .replaceAll("[5m]", "[15s]")
    .replaceAll("for: 2m", "for: 7s")
    .replaceAll("interval: 1m", "interval: 1s");
  const path = join(mkdtempSync(join(tmpdir(), "console-rules-")), "http.yml");
  writeFileSync(path, faster);
  return path;
}

describe.skipIf(chromiumPath === undefined)("an incident of the demo in a browser (chromium)", () => {
  let dev: DevProcess;
  let demo: Recorder;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const rules = shippedRulesFaster();
    dev = new DevProcess(["--quiet", "--history", "0", "--no-scrape", "--no-rules", "--rules", rules]);
    const url = await dev.url();
    demo = await Recorder.start();
    for (const { child } of [demo.payments, demo.shop]) {
      createInterface({ input: child.process.stdout }).on("line", (line) =>
        dev.process.stdin.write(`${line}\n`),
      );
    }
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    await page.goto(`${url}/#/alerts?rule=${alert}`);
    await page.locator(".rule-detail h2 .rule-state").waitFor();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    dev?.process.kill("SIGTERM");
    await dev?.ended;
  });

  it("takes the alert of payments that fail from pending to firing to resolved", async () => {
    const state = page.locator(".rule-detail h2 .rule-state");
    const seen: string[] = [];
    const note = async (): Promise<void> => {
      const text = (await state.textContent()) ?? "";
      if (seen.at(-1) !== text) seen.push(text);
    };
    const trafficUntil = async (wanted: string, names: readonly IncidentName[]): Promise<void> => {
      await demo.during(names, async () => {
        for (let tries = 0; tries < 45 && seen.at(-1) !== wanted; tries++) {
          await demo.traffic(1, { rate: 30 });
          await note();
        }
      });
      expect(seen.at(-1)).toBe(wanted);
    };
    await demo.traffic(3, { rate: 30 });
    await note();
    await trafficUntil("firing", ["payments-down"]);
    const firing = page.locator('section.alert.firing:has-text("service_name=shop")');
    expect(await firing.textContent()).toMatch(/of the requests to shop/);
    expect(Number(await page.locator("nav .badge").textContent())).toBeGreaterThan(0);
    await trafficUntil("resolved", []);
    expect(seen).toEqual(["inactive", "pending", "firing", "resolved"]);
    const row = page.locator(`[data-rule="${alert}"]`);
    expect(await row.textContent()).toMatch(/^resolved.*since \d\d:\d\d:\d\d$/);
  }, 120_000);
});
