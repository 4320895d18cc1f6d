import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DevProcess } from "../cli/dev/dev-process.ts";
import { writeKitService } from "../cli/dev/programs.ts";
import { until } from "../support/poll.ts";
import { chromiumPath, launchChromium, panelsDrawn } from "./chromium.ts";

describe.skipIf(chromiumPath === undefined)("dashboards of metrics in a browser (chromium)", () => {
  let dev: DevProcess;
  let browser: Browser;
  let page: Page;
  let url: string;

  beforeAll(async () => {
    const run = ["--", process.execPath, writeKitService()];
    dev = new DevProcess(["--quiet", "--history", "0", "--scrape-interval", "1s", ...run]);
    url = await dev.url();
    const failing =
      'service:http_server_errors:burn_rate1h{service_name="shop"} and service:http_server_errors:burn_rate5m';
    await until(
      async () => (await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: failing })}`)).text(),
      (text) => text.includes('"service_name":"shop"'),
      100_000,
    );
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1400, height: 3000 } });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    dev?.process.kill("SIGTERM");
    await dev?.ended;
  });

  it.each(["taffrail-http-metrics", "taffrail-node-runtime", "taffrail-slo"])(
    "shows data in every panel of %s",
    async (uid) => {
      await page.goto(`${url}/#/d/${uid}?from=now-5m`);
      await panelsDrawn(page, uid);
      // Two say that five minutes must be recorded first; what they show then: test/dashboards/slo-board.test.ts.
      const notices = page
        .locator(".panel .notice")
        .filter({ hasNotText: "known after 5 minutes of requests" });
      const empty = page.locator(".panel").filter({ has: notices });
      expect(await empty.evaluateAll((all) => all.map((panel) => panel.getAttribute("aria-label")))).toEqual(
        [],
      );
      expect(await page.locator(".panel canvas").count()).toBeGreaterThan(2);
    },
    60_000,
  );
});
