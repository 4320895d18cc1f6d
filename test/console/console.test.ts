import { mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DevProcess } from "../cli/dev/dev-process.ts";
import { chromiumPath, launchChromium, panelsDrawn } from "./chromium.ts";
import { hostileLines, shopLines } from "./shop-lines.ts";

// Pending lasts longer than two of the page's looks at the rules, 3 s apart: a shorter one can pass between them unseen.
const rule = `groups:
  - name: test
    interval: 1s
    rules:
      - alert: Incident
        expr: sum(count_over_time({service_name="shop"} |= "incident" [10s])) > 0
        for: 7s
        labels: { severity: page }
        annotations: { summary: "an incident <b>runs</b>" }
`;

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
      const rules = join(mkdtempSync(join(tmpdir(), "console-")), "rules.yml");
      writeFileSync(rules, rule);
      dev = new DevProcess([
        "--quiet",
        "--history",
        "0",
        "--no-scrape",
        "--service",
        "stdin",
        "--rules",
        rules,
      ]);
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

    it("filters by a clicked field", async () => {
      await page.goto(`${url}/#/logs?service=shop&from=now-30m`);
      await page.locator(".log-row.level-error").first().click();
      const field = page.locator('[data-field="error_type"]');
      await field.hover();
      await field.getByRole("button", { name: "Only error_type = UpstreamError" }).click();
      await expect.poll(() => page.locator(".log-state").textContent(), { timeout: 10_000 }).toBe("20 lines");
      expect(new URL(page.url()).hash).toContain("f=error_type%3DUpstreamError");
    });

    it("opens a request from the list of errors", async () => {
      await page.goto(`${url}/#/d/taffrail-http-logs?from=now-30m`);
      await page.locator('.panel[data-type="logs"] .log-row').first().click();
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
      expect(await page.locator("#owned, main img, main script").count()).toBe(0);
      expect(await page.title()).toBe("Logs · stdin");
    });

    it("follows new lines live", async () => {
      await page.goto(`${url}/#/logs?from=now-30m&live=1`);
      await page.getByText("· live").waitFor();
      dev.process.stdin.write("a line that came just now\n");
      await page.locator(".log-message", { hasText: "a line that came just now" }).waitFor();
    });

    it("shows an alert go from pending to firing to resolved", async () => {
      await page.goto(`${url}/#/alerts?rule=Incident`);
      const state = page.locator(".rule-detail h2 .rule-state");
      const seen: (string | null)[] = [];
      const writing = setInterval(() => dev.process.stdin.write(`${incident()}\n`), 500);
      try {
        for (const expected of ["pending", "firing"]) {
          await expect.poll(() => state.textContent(), { timeout: 20_000 }).toBe(expected);
          seen.push(await page.locator('[data-rule="Incident"] .rule-state').textContent());
        }
      } finally {
        clearInterval(writing);
      }
      await expect.poll(() => state.textContent(), { timeout: 30_000 }).toBe("inactive");
      expect(seen).toEqual(["pending", "firing"]);
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

function incident(): string {
  return JSON.stringify({ level: "error", service_name: "shop", msg: "incident" });
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
