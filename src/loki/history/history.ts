import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { PushStream, PushValue } from "../../logql/index.ts";
import { entryLine, parseEntry } from "./entry.ts";
import { lock } from "./folder-lock.ts";

export interface HistoryOptions {
  /** Where its files are; made where it is missing. */
  readonly folder: string;
  /** Bytes on disk; the oldest entries go first, an eighth at a time. */
  readonly maxBytes: number;
}

const flushMs = 200;
const flushBytes = 1024 * 1024;

/**
 * Entries kept in files over restarts: one JSON line each, in segments. A line that was cut off by a crash is left out
 * when they are read.
 */
export class History {
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #segmentBytes: number;
  readonly #onError: (error: unknown) => void;
  #file: number | undefined;
  #written = 0;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @throws NodeJS.ErrnoException when the folder can't be made; HistoryBusyError when another process has it. */
  constructor({ folder, maxBytes }: HistoryOptions, onError: (error: unknown) => void) {
    this.#onError = onError;
    this.#folder = folder;
    this.#maxBytes = maxBytes;
    this.#segmentBytes = Math.max(64 * 1024, Math.floor(maxBytes / 8));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    lock(join(folder, "lock"));
  }

  /** Give every entry that is kept, oldest file first. */
  read(take: (streams: readonly PushStream[]) => void): void {
    for (const name of this.#segments()) {
      const streams = new Map<string, { stream: PushStream["stream"]; values: PushValue[] }>();
      for (const line of readFileSync(join(this.#folder, name), "utf8").split("\n")) {
        const entry = parseEntry(line);
        if (!entry) continue;
        const [labels, ...value] = entry;
        const key = JSON.stringify(labels);
        const known = streams.get(key);
        if (known) known.values.push(value);
        else streams.set(key, { stream: labels, values: [value] });
      }
      take([...streams.values()]);
    }
  }

  /** Keep entries. They are on disk a fraction of a second later. */
  append(streams: readonly PushStream[]): void {
    for (const { stream, values } of streams) {
      const labels = JSON.stringify(stream);
      for (const value of values) {
        const text = entryLine(labels, value);
        this.#waiting.push(text);
        this.#waitingBytes += text.length;
      }
    }
    if (this.#waitingBytes > flushBytes) this.flush();
    else if (this.#waitingBytes > 0) this.#timer ??= setTimeout(() => this.#flushLater(), flushMs);
  }

  /** @throws NodeJS.ErrnoException when the disk is full, or gone. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    const bytes = Buffer.from(this.#waiting.join(""));
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (this.#file === undefined || this.#written + bytes.length > this.#segmentBytes) this.#nextSegment();
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file ?? 0, bytes, at);
    this.#written += bytes.length;
  }

  close(): void {
    this.flush();
    if (this.#file !== undefined) closeSync(this.#file);
    rmSync(join(this.#folder, "lock"), { force: true });
  }

  #flushLater(): void {
    try {
      this.flush();
    } catch (error) {
      this.#onError(error);
    }
  }

  // A process begins a segment of its own, so that nothing is ever written behind a line that was cut off.
  #nextSegment(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    const names = this.#segments();
    const last = Number.parseInt(names.at(-1) ?? "0", 10);
    this.#file = openSync(join(this.#folder, `${String(last + 1).padStart(8, "0")}.ndjson`), "a", 0o600);
    this.#written = 0;
    let bytes = this.#segmentBytes;
    for (const name of names.toReversed()) {
      const path = join(this.#folder, name);
      bytes += statSync(path).size;
      if (bytes > this.#maxBytes) rmSync(path);
    }
  }

  #segments(): string[] {
    return readdirSync(this.#folder)
      .filter((name) => /^\d{8}\.ndjson$/.test(name))
      .sort();
  }
}
