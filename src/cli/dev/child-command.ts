import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";

export interface ChildCommandOptions {
  readonly command: string;
  /** Undefined runs the command by a shell. */
  readonly args: readonly string[] | undefined;
  readonly stdin: NodeJS.ReadStream | undefined;
  readonly onBytes: (output: "stdout" | "stderr", bytes: Buffer) => void;
}

/** A command that runs under `taffrail dev`. */
export class ChildCommand {
  /** Resolves with its exit code once its last output was read; a signal counts as 128 and its number, as in a shell. */
  readonly ended: Promise<number>;
  readonly #process: ChildProcess;

  constructor({ command, args, stdin, onBytes }: ChildCommandOptions) {
    this.#process = spawn(command, args ?? [], {
      stdio: [stdin ? "pipe" : "ignore", "pipe", "pipe"],
      shell: args === undefined,
      // Without a preset for production the kit writes for people, which no dashboard can read; this program does that.
      env: { LOG_FORMAT: "json", ...process.env },
      // A group of its own: Ctrl-C reaches this process alone, which passes it on once.
      detached: true,
    });
    this.#process.stdout?.on("data", (bytes: Buffer) => onBytes("stdout", bytes));
    this.#process.stderr?.on("data", (bytes: Buffer) => onBytes("stderr", bytes));
    // The command may end without having read all of its input.
    this.#process.stdin?.on("error", () => undefined);
    if (stdin && this.#process.stdin) stdin.pipe(this.#process.stdin);
    this.ended = new Promise((resolve, reject) => {
      this.#process.once("error", reject);
      this.#process.once("close", (code, signal) =>
        resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
      );
    });
  }

  pause(isPaused: boolean): void {
    for (const output of [this.#process.stdout, this.#process.stderr])
      if (isPaused) output?.pause();
      else output?.resume();
  }

  /** Pass a signal on, to what the command started too. */
  kill(signal: NodeJS.Signals): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // ESRCH: it is over already.
    }
  }
}
