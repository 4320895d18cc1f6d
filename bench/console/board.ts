import type { Page } from "playwright-core";
import { requestLine } from "../../test/loki/request-lines.ts";
import { type Dev, holds, startDev } from "./dev.ts";
import { beginAgain, drawn, openBrowser, openPage } from "./in-page.ts";

const lines = 100_000;
const spanMs = 900_000;
const batch = 1_000;
const refreshes = 5;

/** 100,000 lines of a quarter of an hour, and the dashboard of requests over them, all panels in sight. */
export async function measureBoard(): Promise<string> {
  const dev = await startDev();
  const browser = await openBrowser();
  try {
    await fill(dev);
    const page = await openPage(browser, 3_000);
    await page.goto(`${dev.url}/#/d/taffrail-http-logs?from=now-30m&refresh=off`);
    const first = await drawn(page);
    const panels = await page.locator(".panel").count();
    const again: number[] = [];
    for (let turn = 0; turn < refreshes; turn++) again.push(await refresh(page));
    return [
      `${lines} lines held, ${panels} panels`,
      `first paint of all: ${whole(first.drawnMs - first.loadMs)} ms after load (load at ${whole(first.loadMs)} ms); longest task ${longest(first.longTasks)} ms`,
      `refresh: ${again.map(whole).join(", ")} ms`,
    ].join("\n");
  } finally {
    await browser.close();
    await dev.stop();
  }
}

async function fill(dev: Dev): Promise<void> {
  const start = Date.now() - spanMs;
  for (let n = 0; n < lines; n += batch) {
    await dev.write(
      Array.from({ length: batch }, (_, i) => requestLine(n + i, start + (n + i) * (spanMs / lines))),
    );
  }
  await holds(dev, lines);
}

/** From the key to the last panel. */
async function refresh(page: Page): Promise<number> {
  await page.keyboard.press("r");
  await page.locator('.panel[aria-busy="true"]').first().waitFor();
  const begun = await beginAgain(page);
  return (await drawn(page)).drawnMs - begun;
}

function longest(tasks: readonly number[]): string {
  return whole(Math.max(0, ...tasks));
}

function whole(ms: number): string {
  return ms.toFixed(0);
}
