import { mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DevProcess } from "../cli/dev/dev-process.ts";
import { chromiumPath, launchChromium, panelsDrawn } from "./chromium.ts";
import { hostileLines, shopLines } from "./shop-lines.ts";

describe.skipIf(chromiumPath === undefined)(
  "the console in a browser (chromium)",
  { timeout: 60_000 },
  () => {
    let dev: DevProcess;
    let browser: Browser;
    let page: Page;
    let url: string;
    const foreign: string[] = [];
    const problems: string[] = [];

    beforeAll(async () => {
      const flags = ["--quiet", "--history", "0", "--no-scrape", "--service", "stdin"];
      dev = new DevProcess([...flags, "--dashboards", ownDashboard(), "--rules", ownRules()]);
      dev.process.stdin.write(`${[...shopLines(Date.now()), ...hostileLines].join("\n")}\n`);
      url = await dev.url();
      await pushPlainLine(url);
      await dev.lines('{service_name=~".+"}', 240);
      browser = await launchChromium();
      page = await browser.newPage({ viewport: { width: 1400, height: 3000 } });
      page.on("request", (request) => {
        if (!request.url().startsWith(url)) foreign.push(request.url());
      });
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("console", (message) => {
        if (/Content.Security.Policy/i.test(message.text())) problems.push(message.text());
      });
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      dev?.process.kill("SIGTERM");
      await dev?.ended;
    });

    it.each([
      ["taffrail-errors", ""],
      ["taffrail-http-logs", ""],
      ["taffrail-log-pipeline", ""],
      ["taffrail-request-explorer", "&var-id=request-228"],
    ])("shows data in every panel of %s", async (uid, variables) => {
      await page.goto(`${url}/#/d/${uid}?from=now-30m${variables}`);
      await panelsDrawn(page, uid);
      expect(await page.locator(".panel .notice").allTextContents()).toEqual([]);
    });

    it("puts the answers of several queries in one table", async () => {
      await page.goto(`${url}/#/d/taffrail-errors?from=now-30m`);
      const table = page.getByRole("region", { name: "First and last seen" });
      await table.locator("td").first().waitFor();
      const headings = ["service_name", "error_type", "Lines ↓", "First seen", "Last seen"];
      expect(await table.locator("th").allTextContents()).toEqual(headings);
      expect(
        (await table.locator("tr", { hasText: "UpstreamError" }).locator("td").allTextContents())[2],
      ).toBe("20");
    });

    it.each(["taffrail-http-metrics", "taffrail-node-runtime", "taffrail-slo"])(
      "says what %s needs",
      async (uid) => {
        await page.goto(`${url}/#/d/${uid}`);
        const panels = page.locator(".panel");
        await panels.first().waitFor();
        const notices = page.locator(".panel .notice strong");
        await expect.poll(() => notices.count(), { timeout: 10_000 }).toBe(await panels.count());
        expect(new Set(await notices.allTextContents())).toEqual(new Set(["Needs Prometheus"]));
      },
    );

    it("says which marks of a dashboard could not be asked for, and why", async () => {
      await page.goto(`${url}/#/d/own-marks?from=now-30m`);
      const said = page.getByText("The marks “Broken” are not shown");
      expect(await said.textContent()).toMatch(/query failed: parse error/);
      await panelsDrawn(page, "own-marks");
    });

    it("filters by a clicked field", async () => {
      await page.goto(`${url}/#/logs?service=shop&from=now-30m`);
      await page.locator(".log-row.level-error").first().click();
      const field = page.locator('[data-field="error_type"]');
      await field.hover();
      await field.getByRole("button", { name: "Only error_type = UpstreamError" }).click();
      await expect.poll(() => page.locator(".log-state").textContent(), { timeout: 10_000 }).toBe("20 lines");
      expect(new URL(page.url()).hash).toContain("f=error_type%3DUpstreamError");
    });

    it("opens a dashboard with its own range and refresh, until somebody chooses", async () => {
      const shown = async (hash: string): Promise<readonly (string | null)[]> => {
        await page.goto(`${url}/#${hash}`);
        await page.locator(".board").waitFor();
        const top = page.locator(".top");
        return [
          await top.locator(".time-text").textContent(),
          await top.locator(".choice-text").textContent(),
        ];
      };
      expect(await shown("/d/taffrail-errors")).toEqual(["Last 6 hours", "30s"]);
      expect(await shown("/d/own-marks")).toEqual(["Last hour", "Off"]);
      expect(await shown("/d/taffrail-errors?from=now-30m&refresh=10s")).toEqual(["Last 30 minutes", "10s"]);
      await shown("/d/taffrail-errors");
      await page.getByRole("button", { name: "Every" }).click();
      await page.getByRole("option", { name: "Off" }).click();
      await expect.poll(() => page.locator(".top .choice-text").textContent()).toBe("Off");
      expect(page.url()).toContain("refresh=off");
    });

    it("puts the panels of a dashboard under each other where it is narrow", async () => {
      await page.goto(`${url}/#/d/taffrail-http-logs?from=now-30m`);
      await page.locator(".cell").first().waitFor();
      const lefts = (): Promise<number> =>
        page.evaluate(
          () =>
            new Set([...document.querySelectorAll(".cell")].map((cell) => cell.getBoundingClientRect().left))
              .size,
        );
      expect(await lefts()).toBeGreaterThan(4);
      await page.setViewportSize({ width: 400, height: 3000 });
      expect(await lefts()).toBe(1);
      // Only icons are left of the pages' names, for the eye.
      await page.getByRole("navigation").getByRole("link", { name: "HTTP from logs" }).waitFor();
      await page.setViewportSize({ width: 1400, height: 3000 });
    });

    it("opens a request from the list of errors", async () => {
      await page.goto(`${url}/#/d/taffrail-http-logs?from=now-30m`);
      const row = page.locator('.panel[data-type="logs"] .log-row').first();
      expect(await row.locator(".log-service").textContent()).toBe("shop");
      expect(await row.locator(".log-message").textContent()).toMatch(/^(GET|POST) /);
      await row.click();
      await page.getByRole("link", { name: "All lines of this request" }).click();
      await page.locator(".request-page .log-row").first().waitFor();
      expect(await page.locator(".request-page code").textContent()).toBe("request-228");
      expect(await page.locator(".request-page .log-row").count()).toBe(1);
    });

    it("shows hostile lines as text", async () => {
      await page.goto(`${url}/#/logs?from=now-30m`);
      await page.getByText("<script>document.title=").first().waitFor();
      await page.getByText('<b id="owned">bold</b>').first().waitFor();
      await page.getByText("red  ⟨U+202E⟩txt.exe").first().waitFor();
      await page.getByText("TypeError · declined red ⟨U+202E⟩txt.exe").first().waitFor();
      expect(await page.locator("#owned, main img, main script").count()).toBe(0);
      expect(await page.title()).toBe("Logs · stdin");
      for (const path of [
        "/logs?from=now-30m&column=exception_message",
        "/d/taffrail-errors?from=now-30m",
        "/alerts",
      ]) {
        await page.goto(`${url}/#${path}`);
        if (path.startsWith("/d/")) await panelsDrawn(page, "taffrail-errors");
        else await page.locator(".log-row, .rule").first().waitFor();
        expect(await page.locator("body").textContent()).not.toMatch(/[\u001b\u202e]/);
      }
    });

    it("follows new lines live", async () => {
      await page.goto(`${url}/#/logs?from=now-30m&live=1`);
      await page.getByText("· live").waitFor();
      dev.process.stdin.write("a line that came just now\n");
      await page.locator(".log-message", { hasText: "a line that came just now" }).waitFor();
    });

    it("keeps a query that is being typed while new lines come", async () => {
      await page.goto(`${url}/#/logs?from=now-30m&live=1`);
      await page.getByText("· live").waitFor();
      await page.getByRole("button", { name: "LogQL" }).click();
      const field = page.getByRole("textbox", { name: "LogQL" });
      await field.press("End");
      await field.pressSequentially(" | json");
      dev.process.stdin.write("a line that came while somebody typed\n");
      await page.locator(".log-message", { hasText: "a line that came while somebody typed" }).waitFor();
      expect(await field.inputValue()).toMatch(/ \| json$/);
    });

    it("shows a watchdog, which fires always, as a heartbeat", { timeout: 90_000 }, async () => {
      await page.goto(`${url}/#/alerts?rule=LogWatchdog`);
      // Evaluated before the first line came, it is a minute until the next time.
      await page
        .locator('[data-rule="LogWatchdog"]', { hasText: "heartbeat ok" })
        .waitFor({ timeout: 75_000 });
      expect(await page.locator(".rule-detail .alert .rule-state").textContent()).toBe("heartbeat ok");
    });

    it("links to the runbook of a rule that brings its own, unless following it could run something", async () => {
      await page.goto(`${url}/#/alerts?rule=OwnRule`);
      const link = page.locator(".rule-detail").getByRole("link", { name: runbook });
      expect(await link.getAttribute("href")).toBe(runbook);
      await page.goto(`${url}/#/alerts?rule=OwnRuleOfNoGood`);
      await page.locator(".rule-detail").getByText("javascript:alert(1)").waitFor();
      expect(await page.locator(".rule-detail a").count()).toBe(0);
    });

    it("is used without a mouse: a line is opened, and a field of it is filtered by", async () => {
      await page.goto(`${url}/#/logs?service=shop&level=error&from=now-30m`);
      await page.locator(".log-row.level-error").first().waitFor();
      await tabTo(page, ".log-list");
      expect(await outlineOfFocus(page)).toMatch(/^[2-9]px solid/);
      await page.keyboard.press("End");
      await page.locator(".detail-message", { hasText: "GET /api/orders 502" }).waitFor();
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Escape");
      expect(await page.locator(".log-detail").count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.className)).toBe("log-list");
      await page.keyboard.press("Enter");
      await page.locator(".log-detail").waitFor();
      await tabTo(page, '[title="Only error_type = UpstreamError"]');
      expect(await outlineOfFocus(page)).toMatch(/^[2-9]px solid/);
      await page.keyboard.press("Enter");
      await expect.poll(() => new URL(page.url()).hash).toContain("f=error_type%3DUpstreamError");
    });

    it("lets a menu be opened, walked and closed by keys", async () => {
      await page.goto(`${url}/#/logs?from=now-30m`);
      await tabTo(page, '[title^="Level:"]');
      await page.keyboard.press("Enter");
      const menu = page.locator(".menu");
      await menu.locator(":focus").waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await expect.poll(() => new URL(page.url()).hash).toContain("level=error");
      await page.keyboard.press("Escape");
      await menu.waitFor({ state: "detached" });
      expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-expanded"))).toBe("false");
    });

    it.each([1280, 800, 390])("needs no more width than %i pixels", async (width) => {
      // High enough for all panels under each other: those out of sight ask nothing.
      await page.setViewportSize({ width, height: 8000 });
      for (const path of ["/logs?from=now-1h", "/alerts", "/d/taffrail-http-logs", "/d/taffrail-errors"]) {
        await page.goto(`${url}/#${path}`);
        await page.locator("main > *").first().waitFor();
        if (path.startsWith("/d/")) await panelsDrawn(page, path.slice(3));
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      }
      await page.setViewportSize({ width: 1400, height: 3000 });
    });

    it("lists its keys", async () => {
      await page.goto(`${url}/#/logs`);
      await page.locator(".log-list, .notice").first().waitFor();
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keys" }).waitFor();
      await page.keyboard.press("Escape");
      await page.keyboard.press("g");
      await page.keyboard.press("a");
      await expect.poll(() => new URL(page.url()).hash).toMatch(/^#\/alerts/);
    });

    it("asks nobody but its own server, and breaks no policy", () => {
      expect(foreign).toEqual([]);
      expect(problems).toEqual([]);
    });
  },
);

/** A dashboard of somebody's own, one of whose marks has a query that nobody takes. */
function ownDashboard(): string {
  const datasource = { type: "loki", uid: "loki" };
  const dashboard = {
    uid: "own-marks",
    title: "Own",
    time: { from: "tomorrow", to: "now" },
    refresh: "5 x",
    annotations: { list: [{ name: "Broken", datasource, enable: true, expr: '{service_name=~".*"}' }] },
    panels: [
      {
        id: 1,
        type: "stat",
        title: "Lines",
        gridPos: { x: 0, y: 0, w: 6, h: 4 },
        datasource,
        targets: [
          { refId: "A", expr: 'sum(count_over_time({service_name=~".+"}[30m]))', queryType: "instant" },
        ],
      },
    ],
  };
  const path = join(mkdtempSync(join(tmpdir(), "console-board-")), "own.json");
  writeFileSync(path, JSON.stringify(dashboard));
  return path;
}

const runbook = "https://runbooks.example/own-rule";

/** Rules of the user's own: one whose runbook is an address, one whose is none. */
function ownRules(): string {
  const rule = (name: string, url: string): string => `      - alert: ${name}
        expr: sum(count_over_time({service_name="shop"}[5m])) > 1e9
        annotations: { runbook_url: "${url}" }
`;
  const rules = rule("OwnRule", runbook) + rule("OwnRuleOfNoGood", "javascript:alert(1)");
  const path = join(mkdtempSync(join(tmpdir(), "console-rules-")), "own.yml");
  writeFileSync(path, `groups:\n  - name: own\n    rules:\n${rules}`);
  return path;
}

/** Go on by the Tab key until an element has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let step = 0; step < 200; step++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    await page.keyboard.press("Tab");
  }
  expect.unreachable(`the Tab key never comes to ${selector}`);
}

async function outlineOfFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { outlineWidth, outlineStyle } = getComputedStyle(document.activeElement ?? document.body);
    return `${outlineWidth} ${outlineStyle}`;
  });
}

/** A line with the labels of the shop that is no JSON. */
async function pushPlainLine(url: string): Promise<void> {
  const stream = { service_name: "shop", deployment_environment_name: "test" };
  const streams = [{ stream, values: [[`${Date.now() - 5000}000000`, "panic: not a JSON line"]] }];
  const response = await fetch(`${url}/loki/api/v1/push`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ streams }),
  });
  expect(response.status).toBe(204);
}

describe("the built console", () => {
  it("weighs at most 120 KB, compressed", () => {
    const folder = "dist/console";
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".gz"),
    );
    expect(files.length).toBeGreaterThanOrEqual(3);
    expect(files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)).toBeLessThan(120 * 1024);
  });
});
