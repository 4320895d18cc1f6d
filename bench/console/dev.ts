import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";

/** `taffrail dev` over lines written to it. */
export interface Dev {
  readonly url: string;
  /** Write lines; resolves once it takes more. */
  write(lines: readonly string[]): Promise<void>;
  /** Lines in the store and the bytes of their text. */
  held(): Promise<{ readonly entries: number; readonly bytes: number }>;
  /** Resident memory in MB, as Linux says; NaN elsewhere. */
  residentMb(): number;
  stop(): Promise<void>;
}

/** Start the built package's, with its shipped rules, on a free port. @throws Error where it does not start */
export async function startDev(...flags: readonly string[]): Promise<Dev> {
  const given = ["dist/src/cli/main.js", "dev", "--port", "0", "--quiet", "--history", "0", "--no-scrape"];
  const child = spawn(process.execPath, [...given, ...flags], { stdio: ["pipe", "ignore", "pipe"] });
  const ended = once(child, "close");
  const url = await addressOf(child);
  return {
    url,
    write: (lines) => writeAll(child.stdin, lines),
    held: async () => {
      const query = new URLSearchParams({ query: '{service_name=~".+"}', since: "24h" });
      const answer = await fetch(`${url}/loki/api/v1/index/stats?${query}`);
      return (await answer.json()) as { entries: number; bytes: number };
    },
    residentMb: () => residentMb(child),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Wait until so many lines are held. */
export async function holds(dev: Dev, count: number): Promise<void> {
  while ((await dev.held()).entries < count) await pause(100);
}

async function addressOf({ stderr }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error("unreachable: it is a pipe");
  for await (const line of createInterface({ input: stderr })) {
    const url = / console on (http:\S+),/.exec(line)?.[1];
    if (url === undefined) continue;
    stderr.resume();
    return url;
  }
  throw new Error("taffrail dev did not start");
}

async function writeAll(stdin: Writable, lines: readonly string[]): Promise<void> {
  if (lines.length === 0 || stdin.write(`${lines.join("\n")}\n`)) return;
  await once(stdin, "drain");
}

function residentMb({ pid }: ChildProcess): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  } catch {
    return Number.NaN; // Not on Linux.
  }
}
