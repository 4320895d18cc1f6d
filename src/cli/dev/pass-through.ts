import { LineSplitter } from "./line-splitter.ts";

export interface PassThroughOptions {
  /** Hears of every line; of one that is too long, of its beginning. */
  readonly onLine: (line: string) => void;
  /** How a line is shown. Undefined shows the bytes as they came. */
  readonly print: ((line: string) => string) | undefined;
  /** Shows it. */
  readonly write: (output: string | Buffer) => void;
}

const promptMs = 100;

/** One output of a program on its way to the terminal, cut into lines beside. */
export class PassThrough {
  readonly #options: PassThroughOptions;
  readonly #splitter: LineSplitter;
  #shown = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PassThroughOptions) {
    this.#options = options;
    this.#splitter = new LineSplitter({
      line: (line) => {
        options.onLine(line);
        this.#show(line);
      },
      more: (text) => this.#show(text),
    });
  }

  bytes(bytes: Buffer): void {
    if (!this.#options.print) this.#options.write(bytes);
    this.#splitter.write(bytes);
    if (this.#options.print && this.#isPrompt())
      this.#timer ??= setTimeout(() => this.#showRest(), promptMs).unref();
  }

  /** Nothing follows, or what follows begins a line. */
  end(): void {
    this.#splitter.end();
    clearTimeout(this.#timer);
  }

  #show(line: string): void {
    const { print, write } = this.#options;
    const shown = this.#shown;
    this.#shown = 0;
    if (print) write(`${shown > 0 ? line.slice(shown) : print(line)}\n`);
  }

  // A question that waits for its answer, or a bar that grows, has no line feed yet. A line of JSON is shown once it is whole.
  #isPrompt(): boolean {
    const { rest } = this.#splitter;
    return rest.length > this.#shown && !rest.startsWith("{");
  }

  #showRest(): void {
    this.#timer = undefined;
    if (!this.#isPrompt()) return;
    const { rest } = this.#splitter;
    this.#options.write(rest.slice(this.#shown));
    this.#shown = rest.length;
  }
}
