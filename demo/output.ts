import type { LogLine } from "taffrail";
import type { Flags } from "./flags.ts";
import type { Progress } from "./messages.ts";
import { ProgressLine } from "./progress-line.ts";
import { createPrettyLine } from "./report/pretty-line.ts";
import { LineSample } from "./report/sample.ts";

/** Everything the demo prints. */
export class Output {
  readonly #lines: Flags["lines"];
  readonly #sample = new LineSample();
  readonly #pretty: (text: string) => string;
  readonly #progress = new ProgressLine(process.stderr);

  constructor(lines: Flags["lines"]) {
    this.#lines = lines;
    this.#pretty = createPrettyLine(process.stdout.isTTY === true && !process.env["NO_COLOR"]);
  }

  /** A line that a service wrote; parsed where it could be. */
  line(text: string, parsed: LogLine | undefined): void {
    const isShown =
      this.#lines === "json" ||
      (this.#lines === "sample" && parsed !== undefined && this.#sample.accepts(parsed));
    if (!isShown) return;
    const shown = this.#lines === "json" ? `${text}\n` : this.#pretty(text);
    this.#progress.above(() => process.stdout.write(shown));
  }

  /** What the demo itself has to say: beside the lines, or apart from them where they are for a program to read. */
  say(text: string): void {
    const stream = this.#lines === "json" ? process.stderr : process.stdout;
    this.#progress.above(() => stream.write(text));
  }

  progress(progress: Progress): void {
    this.#progress.show(progress);
  }

  endProgress(): void {
    this.#progress.end();
  }
}
