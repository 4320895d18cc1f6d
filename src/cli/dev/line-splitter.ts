import { StringDecoder } from "node:string_decoder";

// A line without end is cut here: it must not grow in memory for ever.
const maxLineLength = 1024 * 1024;

export interface LineTaker {
  /** A line, without its line feed; of one that is too long its beginning. */
  line(text: string): void;
  /** What follows the beginning of a line that is too long, piece by piece. */
  more(text: string): void;
}

/** Cuts bytes into lines, whatever the blocks in which they come. */
export class LineSplitter {
  readonly #decoder: StringDecoder = new StringDecoder("utf8");
  readonly #taker: LineTaker;
  #rest = "";
  #isCut = false;

  constructor(taker: LineTaker) {
    this.#taker = taker;
  }

  /** What stands after the last line feed. */
  get rest(): string {
    return this.#isCut ? "" : this.#rest;
  }

  write(bytes: Buffer): void {
    const text = this.#rest + this.#decoder.write(bytes);
    const lines = text.split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#give(line, false);
    if (this.#rest.length <= maxLineLength) return;
    this.#give(this.#rest, true);
    this.#rest = "";
  }

  /** Give what stands after the last line feed as a line. */
  end(): void {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = "";
    if (rest !== "") this.#give(rest, false);
    this.#isCut = false;
  }

  #give(text: string, goesOn: boolean): void {
    if (!this.#isCut) this.#taker.line(text);
    else if (text !== "") this.#taker.more(text);
    this.#isCut = goesOn;
  }
}
