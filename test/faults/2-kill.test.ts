import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { until } from "../support/poll.ts";
import { exitCode, inFolder, isFull } from "./fault-child.ts";
import { type Figure, keepFigures, slack } from "./figures.ts";
import { numberedLines } from "./numbered-lines.ts";

const runs = isFull ? 30 : 3;
const rate = 2_000;
const figures: Figure[] = [];

interface Loss {
  readonly lines: number;
  /** How old the oldest lost line was when the last one was noted, in milliseconds. */
  readonly ageMs: number;
}

/** Kill a process that logs, from outside, and compare what it had said with what arrived. */
async function lossByKill(env: Record<string, string>): Promise<Loss> {
  return inFolder(async (folder) => {
    const notes = join(folder, "notes");
    const out = join(folder, "out");
    const command = `"$0" test/faults/programs/acknowledged.mjs | cat > "$1"`;
    // A process group of its own: the shell must outlive the kill, so that cat can read to the end.
    const shell = spawn("bash", ["-c", command, process.execPath, out], {
      env: { ...process.env, NODE_ENV: "production", RATE: String(rate), NOTES: notes, ...env },
      stdio: "ignore",
    });
    closeSync(openSync(notes, "a"));
    const noted = 1_000 + Math.random() * 500;
    await until(
      () => readFileSync(notes, "utf8").split("\n").length,
      (lines) => lines > noted,
      20_000,
    );
    spawn("pkill", ["-KILL", "-P", String(shell.pid), "node"], { stdio: "ignore" });
    await exitCode(shell);
    return compare(readFileSync(notes, "utf8"), readFileSync(out, "utf8"));
  });
}

function compare(notes: string, text: string): Loss {
  const { numbers } = numberedLines(text.slice(0, text.lastIndexOf("\n") + 1));
  const arrived = new Set(numbers);
  const noted = notes
    .slice(0, notes.lastIndexOf("\n"))
    .split("\n")
    .map((row) => row.split(" ").map(Number));
  const lost = noted.filter(([n = 0]) => !arrived.has(n));
  const end = noted.at(-1)?.[1] ?? 0;
  return { lines: lost.length, ageMs: lost.length === 0 ? 0 : end - (lost[0]?.[1] ?? end) };
}

describe(`SIGKILL at ${rate} lines a second, ${runs} runs`, () => {
  it.each([
    ["info", 10, 0],
    ["info", 10, 100],
    ["error", 0, 100],
  ] as const)("%s: nothing older than %i ms is lost, in turns of %i ms", async (level, limitMs, turnMs) => {
    const losses: Loss[] = [];
    for (let run = 0; run < runs; run++)
      losses.push(await lossByKill({ LEVEL: level, TURN_MS: String(turnMs) }));
    const pino: Loss[] = [];
    for (let run = 0; run < Math.min(runs, 5); run++) {
      pino.push(await lossByKill({ LEVEL: level, TURN_MS: String(turnMs), LOGGER: "pino" }));
    }
    for (const { ageMs } of losses) expect(ageMs).toBeLessThanOrEqual(limitMs * slack);
    if (limitMs === 0) for (const { lines } of losses) expect(lines).toBe(0);
    figures.push({
      fault: `SIGKILL, ${level} lines, ${turnMs > 0 ? `turns of ${turnMs} ms` : "short turns"}`,
      promise: limitMs === 0 ? "none lost" : `nothing older than ${limitMs} ms lost`,
      kit: worst(losses),
      pino: worst(pino),
    });
  });
});

function worst(losses: readonly Loss[]): string {
  const lines = Math.max(...losses.map((loss) => loss.lines));
  const age = Math.max(...losses.map((loss) => loss.ageMs));
  return `at most ${lines} lines, the oldest ${age.toFixed(1)} ms old, in ${losses.length} runs`;
}

afterAll(() => keepFigures("2-kill", "Killed from outside", figures));
