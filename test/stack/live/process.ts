import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { ask } from "../../support/client.ts";
import { until } from "../../support/poll.ts";

/** A program that runs beside the test. */
export interface Running {
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly program: string;
  readonly args: readonly string[];
  /** Beside this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Answers 200 when it can be used. */
  readonly readyUrl: string;
  readonly log: string;
}

/** Start a program and wait until it is ready. */
export async function start({ program, args, env, readyUrl, log }: StartOptions): Promise<Running> {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const file = createWriteStream(log);
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let isEnded = false;
  void ended.then(() => {
    isEnded = true;
  });
  await until(
    () =>
      ask(readyUrl).then(
        ({ status }) => status,
        () => (isEnded ? `${program} ended: see ${log}` : 0),
      ),
    (status) => status === 200 || typeof status === "string",
    90_000,
  );
  return {
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
