import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { requestLine } from "../../test/loki/request-lines.ts";
import { type Dev, startDev } from "./dev.ts";
import { beginAgain, figuresOf, openBrowser, openPage } from "./in-page.ts";

const perSecond = 5_000;
const memoryMb = 256;
const sayEverySeconds = 10;

/** So many seconds of 5,000 lines each, with the logs page following them. */
export async function measureLive(seconds: number): Promise<string> {
  const dev = await startDev("--memory", `${memoryMb}MB`);
  const browser = await openBrowser();
  try {
    await dev.write([requestLine(0, Date.now())]);
    const page = await openPage(browser, 900);
    await page.goto(`${dev.url}/#/logs?live=1&from=now-5m`);
    await page.getByText("· live").waitFor();
    await beginAgain(page);
    const gaps: number[] = [];
    const peak = { residentMb: 0, heapMb: 0 };
    const lost: Promise<number>[] = [];
    const begun = performance.now();
    let sent = 1;
    for (let said = begun; performance.now() - begun < seconds * 1_000; await pause(10)) {
      const due = 1 + Math.floor(((performance.now() - begun) * perSecond) / 1_000);
      const next = Array.from({ length: due - sent }, (_, i) => requestLine(sent + i, Date.now()));
      sent = due;
      await dev.write(next);
      if (performance.now() - said < sayEverySeconds * 1_000) continue;
      said = performance.now();
      gaps.push(...(await figuresOf(page)).gaps);
      await beginAgain(page);
      lost.push(missing(dev, sent));
      const now = { residentMb: dev.residentMb(), heapMb: await heapMb(page) };
      peak.residentMb = Math.max(peak.residentMb, now.residentMb);
      peak.heapMb = Math.max(peak.heapMb, now.heapMb);
      console.log(
        `${whole((said - begun) / 1_000)} s: ${sent} lines; dev ${whole(now.residentMb)} MB, page's heap ${whole(now.heapMb)} MB; longest frame ${whole(Math.max(...gaps))} ms`,
      );
    }
    gaps.push(...(await figuresOf(page)).gaps);
    const newest = await page.locator(".log-row").count();
    return [
      `${sent} lines in ${seconds} s, ${gaps.length} frames, ${newest} rows drawn`,
      `frames: longest ${whole(Math.max(...gaps))} ms; ${[50, 100, 200].map((ms) => `${gaps.filter((gap) => gap > ms).length} over ${ms} ms`).join(", ")}`,
      `lines lost before the limit of ${memoryMb} MB: ${Math.max(0, ...(await Promise.all(lost)))}`,
      `most memory: taffrail dev ${whole(peak.residentMb)} MB resident, the page's heap ${whole(peak.heapMb)} MB`,
    ].join("\n");
  } finally {
    await browser.close();
    await dev.stop();
  }
}

/** Lines sent by now that are never held, while the store has room for all of them. */
async function missing(dev: Dev, sent: number): Promise<number> {
  for (let tries = 0; ; tries++) {
    const { entries, bytes } = await dev.held();
    if (entries >= sent || bytes > memoryMb * 1024 * 1024 * 0.9) return 0;
    // Some are on their way.
    if (tries > 50) return sent - entries;
    await pause(100);
  }
}

async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 1024 / 1024;
}

function whole(value: number): string {
  return value.toFixed(0);
}
