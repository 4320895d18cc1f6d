import type { Terminal } from "../command.ts";

/** Says on stderr how far a long read is: on a terminal in one line that it writes over, elsewhere a line now and then. */
export class Progress {
  readonly #stderr: Terminal["stderr"];
  readonly #totalBytes: number | undefined;
  readonly #quiet: boolean;
  readonly #began: number = performance.now();
  #bytes = 0;
  #matches = 0;
  #saidAt: number;
  #said = false;

  constructor(
    stderr: Terminal["stderr"],
    options: { readonly totalBytes: number | undefined; readonly quiet: boolean },
  ) {
    this.#stderr = stderr;
    this.#totalBytes = options.totalBytes;
    this.#quiet = options.quiet;
    this.#saidAt = this.#began;
  }

  read(bytes: number): void {
    this.#bytes += bytes;
    const now = performance.now();
    if (this.#quiet || now - this.#saidAt < (this.#stderr.isTTY ? 200 : 2000)) return;
    this.#saidAt = now;
    this.#said = true;
    this.#stderr.write(this.#stderr.isTTY ? `\r\u001b[K${this.#text()}` : `${this.#text()}\n`);
  }

  matched(lines: number): void {
    this.#matches += lines;
  }

  /** Take the line off the terminal, before results are written. */
  clear(): void {
    if (this.#said && this.#stderr.isTTY) this.#stderr.write("\r\u001b[K");
  }

  /** Close with a line on the whole, if there was any. */
  end(): void {
    this.clear();
    if (this.#said) this.#stderr.write(`${this.#text()}\n`);
  }

  #text(): string {
    const seconds = (performance.now() - this.#began) / 1000;
    const total = this.#totalBytes;
    const share = total
      ? ` of ${size(total)} (${Math.min(100, Math.floor((this.#bytes / total) * 100))}%)`
      : "";
    const rate = size(this.#bytes / Math.max(seconds, 0.001));
    return `read ${size(this.#bytes)}${share}, ${this.#matches} lines kept, ${rate}/s, ${seconds.toFixed(1)} s`;
  }
}

function size(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`;
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}
