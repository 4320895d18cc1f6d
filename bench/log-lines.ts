import type { ChildProcess } from "node:child_process";
import { LineDrain } from "./line-drain.ts";
import { ask, type LogLinesReply, nextReply } from "./messages.ts";
import { forkPiped, stopProcess } from "./server-process.ts";
import { type Estimate, medianOf } from "./statistics.ts";

/** How fast a logger writes to a pipe that is read as fast as it fills. */
export interface LogSpeed {
  readonly logger: string;
  readonly linesPerTurn: number;
  readonly linesPerSecond: Estimate;
  readonly cpuMicrosPerLine: Estimate;
  readonly bytesPerLine: number;
}

interface Writer {
  readonly logger: string;
  readonly child: ChildProcess;
  readonly stdout: LineDrain;
}

const LINES = 10_000;
const ROUNDS = 15;
const WARM_UP_ROUNDS = 3;
const TIMEOUT_MS = 60_000;

/** Compare loggers in interleaved rounds. @throws when one can't start. */
export async function measureLogLines(
  loggers: readonly string[],
  linesPerTurn: number,
): Promise<readonly LogSpeed[]> {
  const writers: Writer[] = [];
  try {
    for (const logger of loggers) writers.push(await startWriter(logger));
    const rounds: LogRound[][] = writers.map(() => []);
    for (let round = 0; round < ROUNDS + WARM_UP_ROUNDS; round++) {
      for (const [index, writer] of writers.entries()) {
        const figures = await writeRound(writer, linesPerTurn);
        if (round >= WARM_UP_ROUNDS) rounds[index]?.push(figures);
      }
    }
    return writers.map(({ logger }, index) => summarise(logger, linesPerTurn, rounds[index] ?? []));
  } finally {
    await Promise.all(writers.map(({ child }) => stopProcess(child)));
  }
}

async function startWriter(logger: string): Promise<Writer> {
  const child = forkPiped("log-writer.js", [logger]);
  // fork() was told to pipe stdout, so it is there.
  const stdout = new LineDrain(child.stdout as NonNullable<typeof child.stdout>);
  await nextReply(child);
  return { logger, child, stdout };
}

interface LogRound {
  readonly seconds: number;
  readonly cpuMicros: number;
  readonly bytes: number;
}

/** A round ends when the reader has the last line, so a logger that buffers gains nothing by being late. */
async function writeRound({ child, stdout }: Writer, linesPerTurn: number): Promise<LogRound> {
  const [lines, bytes, started] = [stdout.lines, stdout.bytes, performance.now()];
  const { cpuMicros } = await ask<LogLinesReply>(child, { lines: LINES, linesPerTurn });
  await stdout.reaches(lines + LINES, TIMEOUT_MS);
  return { seconds: (performance.now() - started) / 1000, cpuMicros, bytes: stdout.bytes - bytes };
}

function summarise(logger: string, linesPerTurn: number, rounds: readonly LogRound[]): LogSpeed {
  return {
    logger,
    linesPerTurn,
    linesPerSecond: medianOf(rounds.map(({ seconds }) => LINES / seconds)),
    cpuMicrosPerLine: medianOf(rounds.map(({ cpuMicros }) => cpuMicros / LINES)),
    bytesPerLine: medianOf(rounds.map(({ bytes }) => bytes / LINES)).value,
  };
}
