import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

/** Where a project's history is kept: with the user's state, a folder for each project. */
export function stateFolder(project: string): string {
  const { XDG_STATE_HOME } = process.env;
  const base = XDG_STATE_HOME || join(homedir(), ".local", "state");
  const id = createHash("sha256").update(project).digest("hex").slice(0, 8);
  return join(base, "taffrail", `${basename(project).replace(/[^\w.-]/g, "_") || "root"}-${id}`);
}

/** Make a folder where it is missing, and write in it once. @throws NodeJS.ErrnoException when that can't be done. */
export function prepareFolder(folder: string): void {
  makeFolder(resolve(folder));
  rmdirSync(mkdtempSync(join(folder, "probe-")));
}

// Not by `recursive`: below /proc, where a folder "does not exist" although its parent does, Node's own goes round for ever.
function makeFolder(path: string): void {
  if (isFolder(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (!isFolder(path)) throw error; // Another process made it meanwhile.
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
