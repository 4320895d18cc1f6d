import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a program is, or undefined: a test that needs it is then skipped by name. */
export function toolPath(...names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

export interface ToolRun {
  readonly code: number | null;
  readonly stdout: string;
  /** Both outputs. */
  readonly output: string;
}

/** Run a program to its end. */
export function runTool(
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ToolRun {
  const { status, stdout, stderr } = spawnSync(path, args, {
    encoding: "utf8",
    env: { ...process.env, ...env },
    timeout: 60_000,
  });
  return { code: status, stdout, output: `${stdout}${stderr}` };
}
