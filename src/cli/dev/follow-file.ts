import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";

export interface FollowOptions {
  /** Begin with what is in the file already. */
  readonly fromStart: boolean;
  readonly onBytes: (bytes: Buffer) => void;
  /** The file was replaced or cut: what comes now begins a new line. */
  readonly onRestart: () => void;
  /** It can't be read any more, for this reason; it is tried again. */
  readonly onProblem: (message: string) => void;
}

const pollMs = 200;
const blockBytes = 256 * 1024;

/** Reads a file as it grows, through rotation by renaming and by cutting; one that is not there yet is waited for. */
export class FollowedFile {
  readonly path: string;
  readonly #options: FollowOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #block: Buffer = Buffer.alloc(blockBytes);
  #file: number | undefined;
  #position = 0;
  #isPaused = false;
  #problem = "";

  constructor(path: string, options: FollowOptions) {
    this.path = path;
    this.#options = options;
    this.#open(!options.fromStart);
    if (this.#file === undefined) options.onProblem("is not there yet; waiting for it");
    this.poll();
    this.#timer = setInterval(() => this.#pollOn(), pollMs);
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
  }

  /** Read what is new. */
  poll(): void {
    if (this.#isPaused) return;
    if (this.#file === undefined) this.#open(false);
    if (this.#file === undefined) return;
    this.#readOn(this.#file);
    if (!this.#wasReplaced(this.#file)) return;
    // Once more: it may have been written to until it was renamed.
    this.#readOn(this.#file);
    this.#leave();
    this.#options.onRestart();
    this.poll();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#leave();
  }

  // What follows goes on: a file that can't be read now may be replaced by one that can.
  #pollOn(): void {
    try {
      this.poll();
      this.#problem = "";
    } catch (error) {
      this.#leave();
      const { message } = error as Error;
      // Once, not five times a second.
      if (message !== this.#problem) this.#options.onProblem(message);
      this.#problem = message;
    }
  }

  #leave(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #open(atEnd: boolean): void {
    try {
      this.#file = openSync(this.path, "r");
      this.#position = atEnd ? fstatSync(this.#file).size : 0;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }

  #readOn(file: number): void {
    if (fstatSync(file).size < this.#position) {
      this.#position = 0;
      this.#options.onRestart();
    }
    for (;;) {
      const count = readSync(file, this.#block, 0, blockBytes, this.#position);
      if (count === 0) return;
      this.#position += count;
      this.#options.onBytes(Buffer.from(this.#block.subarray(0, count)));
      if (this.#isPaused) return;
    }
  }

  #wasReplaced(file: number): boolean {
    try {
      return statSync(this.path).ino !== fstatSync(file).ino;
    } catch {
      return false; // Renamed, and the new one is not there yet: the old one may still be written to.
    }
  }
}
