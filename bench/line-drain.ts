import type { Readable } from "node:stream";

const NEWLINE = 0x0a;
const SAMPLE_EVERY = 500;
const NOTHING: Buffer = Buffer.alloc(0);

/** Reads a stream as fast as it comes, counts lines and bytes, and keeps every 500th line as a sample. */
export class LineDrain {
  lines = 0;
  bytes = 0;
  #samples: string[] = [];
  #rest: Buffer = NOTHING;
  #waiting: { readonly lines: number; readonly resolve: () => void } | undefined;

  constructor(stream: Readable) {
    stream.on("data", (chunk: Buffer) => this.#drain(chunk));
  }

  takeSamples(): readonly string[] {
    const taken = this.#samples;
    this.#samples = [];
    return taken;
  }

  /** Count from here on. */
  restart(): void {
    this.lines = 0;
    this.bytes = 0;
    this.#samples = [];
  }

  /** Wait until so many lines were read in all. @throws when they did not come in time. */
  async reaches(lines: number, timeoutMs: number): Promise<void> {
    if (this.lines >= lines) return;
    await new Promise<void>((resolve, reject) => {
      const tooLate = (): void =>
        reject(new Error(`${this.lines} of ${lines} lines came in ${timeoutMs} ms`));
      const timer = setTimeout(tooLate, timeoutMs);
      this.#waiting = {
        lines,
        resolve: () => {
          clearTimeout(timer);
          resolve();
        },
      };
    });
  }

  #drain(chunk: Buffer): void {
    this.bytes += chunk.length;
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      if (this.lines % SAMPLE_EVERY === 0) this.#sample(chunk.subarray(start, end));
      this.#rest = NOTHING;
      this.lines++;
      start = end + 1;
    }
    if (start < chunk.length) this.#rest = Buffer.concat([this.#rest, chunk.subarray(start)]);
    if (this.#waiting && this.lines >= this.#waiting.lines) this.#waiting.resolve();
  }

  #sample(endOfLine: Buffer): void {
    this.#samples.push(Buffer.concat([this.#rest, endOfLine]).toString("utf8"));
  }
}
