import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import type { Message } from "./messages.ts";

export interface ChildOptions {
  readonly name: string;
  /** The module to run. */
  readonly module: URL;
  readonly env: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
  readonly onMessage?: (message: Message) => void;
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A process of the demo, from its start to its end. */
export class Child {
  readonly name: string;
  /** Resolves when it has ended and its last line was read. */
  readonly exited: Promise<Exit>;
  readonly #process: ChildProcess;

  constructor({ name, module, env, onLine, onMessage }: ChildOptions) {
    this.name = name;
    this.#process = fork(module, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit", "ipc"],
      // A group of its own: Ctrl-C is for the demo, which then stops its processes in good order.
      detached: true,
      execArgv: [],
    });
    if (this.#process.stdout && onLine) createInterface({ input: this.#process.stdout }).on("line", onLine);
    // Every message of the demo's processes is one of these.
    if (onMessage) this.#process.on("message", (message) => onMessage(message as Message));
    this.exited = new Promise((resolve) => {
      this.#process.once("close", (code, signal) => resolve({ code, signal }));
      // It was never started: 'close' won't come.
      this.#process.once("error", () => resolve({ code: 1, signal: null }));
    });
  }

  /** Ask it to stop, and wait until it has. One that does not within the time is killed. */
  async stop(withinMs: number): Promise<Exit> {
    this.#process.kill("SIGTERM");
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), withinMs);
    const exit = await this.exited;
    clearTimeout(timer);
    return exit;
  }
}
