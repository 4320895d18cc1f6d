// Pictures of the console over the demo's own lines, for docs/images. Needs Chromium, and `npm run build && npm run build:demo`.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const folder = "docs/images";
const demoMs = Number(process.argv[2] ?? 90) * 1000;

// No error: its stack would show where the demo lies on this machine.
const firstWarning = async (page) => {
  await page.locator(".log-row.level-warn").first().click();
};
const pictures = [
  { name: "console-logs", hash: "/logs?from=now-5m", prepare: firstWarning },
  { name: "console-dashboard", hash: "/d/taffrail-http-logs?from=now-5m" },
  { name: "console-dashboard-dark", hash: "/d/taffrail-errors?from=now-5m", theme: "dark" },
  {
    name: "console-request",
    hash: "/logs?from=now-5m&level=warn",
    prepare: async (page) => {
      await firstWarning(page);
      await page.getByRole("link", { name: "All lines of this request" }).click();
      await page.locator(".request-page .log-row").first().click();
    },
  },
  {
    name: "console-alerts",
    hash: "/alerts",
    prepare: async (page) => {
      await page.locator(".rule").first().click();
      await page.locator(".markdown").waitFor();
    },
  },
];

const demo = spawn(process.execPath, ["build/demo/main.js", "--free-ports", "--quiet"], {
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const url = await consoleUrl(demo.stdout);
  console.log(`${url}: letting traffic run for ${demoMs / 1000} s`);
  await new Promise((done) => setTimeout(done, demoMs));
  await takePictures(url);
} finally {
  demo.kill("SIGINT");
}

async function consoleUrl(stdout) {
  for await (const line of createInterface({ input: stdout })) {
    const url = /console\s+(http:\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    stdout.resume();
    return url;
  }
  throw new Error("the demo printed no address of a console");
}

async function takePictures(url) {
  const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  const browser = await chromium.launch({ executablePath, args });
  mkdirSync(folder, { recursive: true });
  for (const { name, hash, theme = "light", prepare } of pictures) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: theme });
    await page.goto(`${url}/#${hash}`, { waitUntil: "networkidle" });
    await prepare?.(page);
    await page.screenshot({ path: `${folder}/${name}.png` });
    await page.close();
  }
  await browser.close();
}
