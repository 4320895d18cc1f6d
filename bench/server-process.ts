import { type ChildProcess, fork } from "node:child_process";
import { LineDrain } from "./line-drain.ts";
import { ask, type Listening, nextReply, type Usage } from "./messages.ts";

/** A variant running in a process of its own, its stdout drained. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly port: number;
  readonly importMs: number;
  readonly startMs: number;
  readonly stdout: LineDrain;
  readonly usage: () => Promise<Usage>;
  readonly stop: () => Promise<void>;
}

/** Start a variant by its file and wait until it listens. @throws what the variant threw while loading. */
export async function startServer(file: string): Promise<ServerProcess> {
  const started = performance.now();
  const child = forkPiped("server.js", [file]);
  // fork() was told to pipe stdout, so it is there.
  const stdout = new LineDrain(child.stdout as NonNullable<typeof child.stdout>);
  const { port, importMs } = await nextReply<Listening>(child).catch(async (failure: unknown) => {
    await stopProcess(child);
    throw failure;
  });
  return {
    child,
    port,
    importMs,
    startMs: performance.now() - started,
    stdout,
    usage: () => ask<Usage>(child, "usage"),
    stop: () => stopProcess(child),
  };
}

/** Fork a file of this folder as production code, stdout to a pipe that the caller has to drain. */
export function forkPiped(file: string, args: readonly string[]): ChildProcess {
  return fork(new URL(`./${file}`, import.meta.url), args, {
    env: { ...process.env, NODE_ENV: "production" },
    execArgv: [],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
}

export function stopProcess(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    if (child.connected) child.disconnect();
  });
}
