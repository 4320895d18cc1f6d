import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
];

// Run in the page before its own code, as text: the rest of the benchmark knows no browser.
const watching = `
const figures = (globalThis.figures = { loadMs: NaN, drawnMs: undefined, gaps: [], longTasks: [] });
addEventListener("load", () => setTimeout(() => {
  figures.loadMs = performance.getEntriesByType("navigation")[0].loadEventEnd;
}));
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) figures.longTasks.push(duration);
}).observe({ type: "longtask", buffered: true });
const drawn = () => {
  const panels = [...document.querySelectorAll(".panel")];
  return panels.length > 0 && panels.every((panel) =>
    panel.getAttribute("aria-busy") === "false" && panel.querySelector(".panel-body > :not(.skeleton)"));
};
let last;
const frame = (now) => {
  if (last !== undefined) figures.gaps.push(now - last);
  last = now;
  if (figures.drawnMs === undefined && drawn()) figures.drawnMs = performance.now();
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
`;

export interface Figures {
  readonly loadMs: number;
  /** When all panels in sight were drawn, in milliseconds of the page. */
  readonly drawnMs: number | undefined;
  /** Milliseconds between two frames. */
  readonly gaps: readonly number[];
  readonly longTasks: readonly number[];
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ args, ...(executablePath !== undefined && { executablePath }) });
}

/** A page that is watched from its beginning. */
export async function openPage(browser: Browser, height: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1400, height } });
  await page.addInitScript({ content: watching });
  return page;
}

// What runs in the page may be no text: its policy allows no eval.
interface Watched {
  figures: { loadMs: number; drawnMs: number | undefined; gaps: number[]; longTasks: number[] };
}

export async function figuresOf(page: Page): Promise<Figures> {
  return page.evaluate(() => (globalThis as unknown as Watched).figures);
}

/** Forget what was seen until now. */
export async function beginAgain(page: Page): Promise<number> {
  return page.evaluate(() => {
    Object.assign((globalThis as unknown as Watched).figures, {
      drawnMs: undefined,
      gaps: [],
      longTasks: [],
    });
    return performance.now();
  });
}

/** When all panels were drawn. @throws Error where that takes over 60 s */
export async function drawn(page: Page): Promise<Figures & { readonly drawnMs: number }> {
  const done = (): boolean => (globalThis as unknown as Watched).figures.drawnMs !== undefined;
  await page.waitForFunction(done, undefined, { timeout: 60_000 });
  const figures = await figuresOf(page);
  return { ...figures, drawnMs: figures.drawnMs ?? Number.NaN };
}
