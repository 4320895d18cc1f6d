import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";

const places = ["/usr/bin", ...(process.env["PATH"] ?? "").split(delimiter)];

/** Where Chromium is, if it is installed. */
export const chromiumPath = places.map((place) => join(place, "chromium")).find(existsSync);

const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ args, ...(chromiumPath !== undefined && { executablePath: chromiumPath }) });
}

/** Wait until every panel of a dashboard shows its data, or says why there are none. */
export async function panelsDrawn(page: Page, uid: string): Promise<void> {
  await page.locator(`.board[data-uid="${uid}"] .panel`).first().waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".panel")].every((panel) =>
      panel.querySelector(".panel-body")?.firstElementChild?.matches(":not(.skeleton)"),
    ),
  );
}
