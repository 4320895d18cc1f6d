import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { basename, join } from "node:path";

/** Where a project's history is kept: with the user's state, a folder for each project. */
export function stateFolder(project: string): string {
  const { XDG_STATE_HOME } = process.env;
  const base = XDG_STATE_HOME || join(homedir(), ".local", "state");
  const id = createHash("sha256").update(project).digest("hex").slice(0, 8);
  return join(base, "taffrail", `${basename(project).replace(/[^\w.-]/g, "_") || "root"}-${id}`);
}
