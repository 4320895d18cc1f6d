import type { ChildProcess } from "node:child_process";
import { ask, type LoadReply, type LoadRequest } from "./messages.ts";
import { proveLines, proveRequestId, proveTotals } from "./proof.ts";
import { type ServerProcess, startServer } from "./server-process.ts";
import type { Variant } from "./variants.ts";

/** A variant that is up, and what it was sent so far: its lines and its histogram are held against that. */
export interface Running {
  readonly variant: Variant;
  readonly server: ServerProcess;
  sent: number;
}

export interface Round {
  /** Rounds of the same number, over all variants, ran next to each other. */
  readonly number: number;
  readonly cpuMicrosPerRequest: number;
  readonly requestsPerSecond: number;
  readonly bytesPerRequest: number;
}

export type Load = Omit<LoadRequest, "port">;

/**
 * Rounds that all variants go through in turns before the first that is measured. Whoever warms up first waits for the
 * others, and a process that waited is slow again for some thousand requests: up to threefold on Next, where it waits
 * for a minute.
 */
export const SETTLING_ROUNDS = 15;

const START_LINES_TIMEOUT_MS = 5_000;

/** Start a variant, prove its request ids, and send requests until it is compiled and its heap has settled. */
export async function startWarm(variant: Variant, generator: ChildProcess, warmUp: Load): Promise<Running> {
  const server = await startServer(variant.file ?? variant.name);
  const running: Running = { variant, server, sent: 0 };
  try {
    await passStart(variant, server);
    running.sent += await proveRequestId(variant, server.port);
    await runRound(running, generator, warmUp);
    return running;
  } catch (failure) {
    await server.stop();
    throw failure;
  }
}

/** Send one round of requests; the CPU time is the server's own, read once its last line has arrived. */
export async function runRound(
  running: Running,
  generator: ChildProcess,
  load: Load,
  number = 0,
): Promise<Round> {
  const { variant, server } = running;
  const bytes = server.stdout.bytes;
  const before = await server.usage();
  const { seconds } = await ask<LoadReply>(generator, { port: server.port, ...load });
  running.sent += load.requests;
  await proveLines(variant, server, running.sent);
  const after = await server.usage();
  return {
    number,
    cpuMicrosPerRequest: (after.cpuMicros - before.cpuMicros) / load.requests,
    requestsPerSecond: load.requests / seconds,
    bytesPerRequest: (server.stdout.bytes - bytes) / load.requests,
  };
}

/** Prove the totals and read the memory, then let the process go. */
export async function finish({ variant, server, sent }: Running): Promise<{ readonly rssBytes: number }> {
  const { rssBytes } = await server.usage();
  await proveTotals(variant, server, sent);
  await server.stop();
  return { rssBytes };
}

async function passStart({ linesAtStart = 0 }: Variant, { stdout }: ServerProcess): Promise<void> {
  await stdout.reaches(linesAtStart, START_LINES_TIMEOUT_MS);
  stdout.restart();
}
