import { spawn } from "node:child_process";

/** Open an address in the user's browser; where there is none, nothing happens. */
export function openBrowser(url: string): void {
  const [command = "", ...args] =
    process.platform === "darwin"
      ? ["open", url]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", url]
        : ["xdg-open", url];
  const browser = spawn(command, args, { stdio: "ignore", detached: true });
  // No desktop: the address was printed.
  browser.on("error", () => undefined);
  browser.unref();
}
