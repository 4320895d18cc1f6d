import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Browser } from "playwright-core";
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
