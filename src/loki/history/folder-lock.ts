import { readFileSync, writeFileSync } from "node:fs";

/** Another process keeps its history in the same folder. */
export class HistoryBusyError extends Error {}

/** Take a lock file, also one that a process left behind. @throws HistoryBusyError while its owner lives. */
export function lock(path: string): void {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const owner = Number(readFileSync(path, "utf8"));
    if (owner !== process.pid && isAlive(owner))
      throw new HistoryBusyError(`process ${owner} keeps its history in the same folder`);
    writeFileSync(path, String(process.pid));
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
