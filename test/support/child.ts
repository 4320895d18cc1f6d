import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { LogLine } from "../../src/index.ts";
import { childCoverage } from "./child-coverage.ts";
import { until } from "./poll.ts";

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ChildOptions {
  /** Where the program is, from the root of the repository. @default "test/fixtures" */
  readonly folder?: string;
  readonly args?: readonly string[];
  /** What runs the program, with what comes before its name. @default this Node */
  readonly runtime?: readonly [command: string, ...args: string[]];
}

/** A real process running a program against the built package. */
export class Child {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<Ended>;
  stdout = "";
  stderr = "";

  constructor(program: string, env: Readonly<Record<string, string>> = {}, options: ChildOptions = {}) {
    const { folder = "test/fixtures", args = [], runtime = [process.execPath] } = options;
    const { PATH = "" } = process.env;
    const [command, ...before] = runtime;
    this.process = spawn(command, [...before, `${folder}/${program}`, ...args], {
      env: { PATH, NODE_ENV: "production", TAFFRAIL_OPS_PORT: "0", ...childCoverage(), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.process.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.ended = new Promise((resolve) => {
      this.process.once("close", (code, signal) => resolve({ code, signal }));
    });
  }

  /** The lines so far; what is no JSON is left out. */
  get lines(): LogLine[] {
    return this.stdout
      .split("\n")
      .filter((text) => text.startsWith("{"))
      .map((text) => JSON.parse(text) as LogLine);
  }

  async line(accepts: (line: LogLine) => boolean): Promise<LogLine> {
    const lines = await until(
      () => this.lines,
      (seen) => seen.some(accepts),
      10_000,
    );
    const line = lines.find(accepts);
    if (line === undefined) throw new Error("unreachable: one was just seen");
    return line;
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }
}
