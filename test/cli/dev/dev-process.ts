import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { childCoverage } from "../../support/child-coverage.ts";
import { until } from "../../support/poll.ts";

export interface DevProcessOptions {
  readonly cwd?: string;
  /** @default a new folder; null leaves it to `taffrail dev` */
  readonly state?: string | null;
  readonly env?: Readonly<Record<string, string>>;
}

/** A real `taffrail dev`, of the built package, on a free port. */
export class DevProcess {
  readonly process: ChildProcessWithoutNullStreams;
  readonly ended: Promise<number | null>;
  stdout = "";
  stderr = "";

  constructor(args: readonly string[], options: DevProcessOptions = {}) {
    const { state = mkdtempSync(join(tmpdir(), "dev-state-")) } = options;
    const { PATH = "" } = process.env;
    this.process = spawn(
      process.execPath,
      [
        resolve("dist/src/cli/main.js"),
        "dev",
        "--port",
        "0",
        ...(state === null ? [] : ["--state", state]),
        ...args,
      ],
      { cwd: options.cwd ?? process.cwd(), env: { PATH, ...childCoverage(), ...options.env } },
    );
    this.process.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.process.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.ended = new Promise((done) => {
      this.process.once("close", (code) => done(code));
    });
  }

  /** The console's address, once it is printed. */
  async url(): Promise<string> {
    const text = await until(
      () => this.stderr,
      (seen) => / on http:\S+,/.test(seen),
      15_000,
    );
    return / on (http:\S+),/.exec(text)?.[1] ?? "";
  }

  /** The lines that a query finds, once there are so many. */
  async lines(query: string, count: number): Promise<string[]> {
    const url = await this.url();
    const parameters = new URLSearchParams({ query, direction: "forward", limit: "5000", since: "24h" });
    return until(
      async () => {
        const answer = await fetch(`${url}/loki/api/v1/query_range?${parameters}`);
        const { data } = (await answer.json()) as { data: { result: { values: [string, string][] }[] } };
        const values = data.result.flatMap((stream) => stream.values);
        return values.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
      },
      (lines) => lines.length >= count,
      15_000,
    );
  }
}
