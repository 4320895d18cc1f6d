import type { Progress } from "./messages.ts";

/** Where the line is shown: standard error, mostly. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const seldomMs = 10_000;
const clearLine = "\r\u001b[2K";

/** One line that says how far it is: rewritten in place on a terminal, else printed when the phase changes and now and then. */
export class ProgressLine {
  readonly #terminal: Terminal;
  #text = "";
  #printed: { phase: string; elapsedMs: number } | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(progress: Progress): void {
    this.#text = progressText(progress);
    if (this.#terminal.isTTY) this.#terminal.write(`${clearLine}${this.#text}`);
    else if (this.#isDue(progress)) {
      this.#printed = progress;
      this.#terminal.write(`${this.#text}\n`);
    }
  }

  /** Have something printed above the line. */
  above(print: () => void): void {
    const shown = this.#terminal.isTTY && this.#text !== "";
    if (shown) this.#terminal.write(clearLine);
    print();
    if (shown) this.#terminal.write(this.#text);
  }

  /** Take the line away. */
  end(): void {
    if (this.#terminal.isTTY && this.#text !== "") this.#terminal.write(clearLine);
    this.#text = "";
  }

  #isDue({ phase, elapsedMs }: Progress): boolean {
    return this.#printed?.phase !== phase || elapsedMs - this.#printed.elapsedMs >= seldomMs;
  }
}

function progressText({ phase, elapsedMs, requests, errors, perSecond }: Progress): string {
  const seconds = Math.floor(elapsedMs / 1_000);
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return `${time}  ${phase}  ${requests} requests  ${errors} errors  ${perSecond.toFixed(0)}/s`;
}
