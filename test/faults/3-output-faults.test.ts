import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { exitCode, type FifoChild, inFolder, isFull, startOnFifo } from "./fault-child.ts";
import { type Figure, keepFigures, slack } from "./figures.ts";

const ends = { natural: 0, exit: 3, throw: 1, reject: 1, SIGTERM: 0 } as const;
const limitMs = 2_000;
// Enough to fill any pipe and more than may wait in memory.
const count = 60_000;
const figures: Figure[] = [];

interface Exit {
  readonly code: number;
  /** From the moment the program is done with its work. */
  readonly durationMs: number;
}

type Start = (env: Record<string, string>) => Promise<Exit>;

/** Run a program that notes when it is done with its work, and time what comes after. */
function timed(run: (env: Record<string, string>) => Promise<number>): Start {
  return (env) =>
    inFolder(async (folder) => {
      const notes = join(folder, "notes");
      const code = await run({ ...env, NOTES: notes });
      const endMs = Date.now();
      return {
        code,
        durationMs: existsSync(notes) ? endMs - Number(readFileSync(notes, "utf8")) : Number.NaN,
      };
    });
}

/** @param flags as of fopen; the fault is one of the descriptor, which the child inherits */
function withOutput(path: string, flags: string): Start {
  return timed((env) => {
    const fd = openSync(path, flags);
    const child = spawn(process.execPath, ["test/faults/programs/writer.mjs"], {
      env: { ...process.env, NODE_ENV: "production", ...env },
      stdio: ["ignore", fd, "ignore"],
    });
    closeSync(fd);
    return killedLate(child);
  });
}

const onFifo = (prepare: (fifo: FifoChild) => void, mergeStderr = false): Start =>
  timed(async (env) => {
    const fifo = startOnFifo("writer", env, { mergeStderr });
    prepare(fifo);
    const code = await killedLate(fifo.process);
    fifo.reader.destroy();
    return code;
  });

/** @returns the exit code; 137 for one that had to be killed after ten seconds */
function killedLate(child: ReturnType<typeof spawn>): Promise<number> {
  const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
  return exitCode(child).finally(() => clearTimeout(late));
}

const faults: Readonly<Record<string, Start>> = {
  "a reader that never reads": onFifo(() => undefined),
  "a reader that never reads, stderr in the same pipe": onFifo(() => undefined, true),
  "a reader that leaves (`| head -1`)": onFifo(({ reader }) => {
    reader.once("data", () => reader.destroy());
    reader.resume();
  }),
  "a full device (ENOSPC)": withOutput("/dev/full", "w"),
  // Address 0 of a process is not there to be written to: the one file that fails like a broken disk for everybody.
  "a failing device (EIO)": withOutput("/proc/self/mem", "r+"),
};

describe.each(Object.entries(faults))("%s", (fault, start) => {
  it.each(Object.entries(ends))("end by %s: within 2 s, with exit code %i", async (end, code) => {
    const env = { COUNT: String(count), PATTERN: "paced", END: end };
    const exit = await start(env);
    figures.push({
      fault: `${fault}; ${end}`,
      promise: `ends within 2 s, exit code ${code}`,
      kit: inWords(exit),
      // Mostly ten seconds of waiting for what does not end: for the page only.
      ...(isFull && { pino: inWords(await start({ ...env, LOGGER: "pino" })) }),
    });
    expect(exit.code).toBe(code);
    expect(exit.durationMs).toBeLessThanOrEqual(limitMs * slack);
  });
});

function inWords({ code, durationMs }: Exit): string {
  if (code === 137) return "did not end in 10 s";
  if (Number.isNaN(durationMs)) return `gone with code ${code} before its work was done`;
  return `${(durationMs / 1_000).toFixed(2)} s, code ${code}`;
}

afterAll(() => keepFigures("3-output-faults", "Ends while the output is broken", figures));
