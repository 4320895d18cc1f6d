import type { OutputName } from "./output.ts";

/** What has come of the lines handed to one output. Totals since the start; read at each scrape. */
export class OutputStats {
  readonly name: OutputName;
  writtenLines = 0;
  writtenBytes = 0;
  /** Lines lost, by the error that kept them from being written. */
  readonly droppedLines: Map<string, number> = new Map();
  /** Failed attempts to write, by error; a full pipe is not one. */
  readonly writeErrors: Map<string, number> = new Map();
  readonly #queueBytes: () => number;

  constructor(name: OutputName, queueBytes: () => number) {
    this.name = name;
    this.#queueBytes = queueBytes;
  }

  /** Bytes that wait to be written. */
  get queueBytes(): number {
    return this.#queueBytes();
  }

  countDropped(code: string): void {
    this.droppedLines.set(code, (this.droppedLines.get(code) ?? 0) + 1);
  }

  countError(code: string): void {
    this.writeErrors.set(code, (this.writeErrors.get(code) ?? 0) + 1);
  }
}
