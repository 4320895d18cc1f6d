import { StringDecoder } from "node:string_decoder";

// A line without end is cut here: it must not grow in memory for ever.
const maxLineLength = 1024 * 1024;

/** Cuts bytes into lines, whatever the blocks in which they come. */
export class LineSplitter {
  readonly #decoder: StringDecoder = new StringDecoder("utf8");
  readonly #take: (line: string) => void;
  #rest = "";

  constructor(take: (line: string) => void) {
    this.#take = take;
  }

  write(bytes: Buffer): void {
    const text = this.#rest + this.#decoder.write(bytes);
    const lines = text.split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#take(line);
    if (this.#rest.length > maxLineLength) this.end();
  }

  /** Give what stands after the last line feed as a line. */
  end(): void {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = "";
    if (rest !== "") this.#take(rest);
  }
}
