import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { childCoverage } from "./child-coverage.ts";

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly input?: string;
}

/** Run the built command line in a process of its own. */
export function cli(args: readonly string[], options: CliOptions = {}): CliRun {
  const first = run(args, options);
  // About once in a thousand, Node 20 never ends: a compiling thread and the main thread wait for each other
  // (nodejs/node#54918). Nothing but such a process is run a second time.
  return first.code === null ? run(args, options) : first;
}

function run(args: readonly string[], options: CliOptions): CliRun {
  const { PATH = "" } = process.env;
  const ended = spawnSync(process.execPath, [resolve("dist/src/cli/main.js"), ...args], {
    cwd: options.cwd ?? process.cwd(),
    input: options.input ?? "",
    encoding: "utf8",
    env: { PATH, TZ: "America/New_York", ...childCoverage() },
    timeout: 9000,
    killSignal: "SIGKILL",
  });
  return { code: ended.status, stdout: ended.stdout, stderr: ended.stderr };
}

/** A new folder with a copy of another, or empty. */
export function folder(from?: string): string {
  const path = mkdtempSync(join(tmpdir(), "cli-"));
  if (from !== undefined) cpSync(from, path, { recursive: true });
  return path;
}

/** Change a file by replacing a text that it must hold. */
export function edit(path: string, from: string, to: string): void {
  const before = readFileSync(path, "utf8");
  if (!before.includes(from)) throw new Error(`${path} does not hold ${from}`);
  writeFileSync(path, before.replace(from, to));
}
