import type { StoreThread } from "../../loki/index.ts";

const flushMs = 20;
const batchLength = 128 * 1024;
// What may wait for the store's thread before its inputs are held up: then nothing is lost, and memory stays bounded.
const fullLength = 32 * 1024 * 1024;

/** Where the lines of one source go. */
export interface LineSink {
  /** Take one line, without its line feed. */
  line(text: string): void;
}

/** Whose lines those of a source are, where they don't say it. */
export interface LineOrigin {
  readonly service: string;
  readonly environment?: string;
}

/** Hands lines to the store's thread in batches. */
export class LineFeed {
  readonly #thread: Pick<StoreThread, "collect">;
  readonly #onPressure: (isFull: boolean) => void;
  readonly #flushes: Set<() => void> = new Set();
  readonly #underWay: Set<Promise<void>> = new Set();
  #waiting = 0;
  #isFull = false;

  /** `onPressure` is told when the sources should pause, and when they may go on. */
  constructor(thread: Pick<StoreThread, "collect">, onPressure: (isFull: boolean) => void) {
    this.#thread = thread;
    this.#onPressure = onPressure;
  }

  /** Open a source. */
  open(source: string, origin: LineOrigin): LineSink {
    let lines: string[] = [];
    let length = 0;
    let timer: NodeJS.Timeout | undefined;
    const flush = (): void => {
      clearTimeout(timer);
      timer = undefined;
      if (lines.length === 0) return;
      this.#send({ source, ...origin, text: lines.join("\n"), receivedMs: Date.now() });
      lines = [];
      length = 0;
    };
    this.#flushes.add(flush);
    return {
      line: (text) => {
        lines.push(text);
        length += text.length + 1;
        if (length > batchLength) flush();
        else timer ??= setTimeout(flush, flushMs);
      },
    };
  }

  /** Hand over what is left, and wait until all is in the store. */
  async drain(): Promise<void> {
    for (const flush of this.#flushes) flush();
    await Promise.all(this.#underWay);
  }

  #send(batch: Parameters<StoreThread["collect"]>[0]): void {
    this.#waiting += batch.text.length;
    this.#setFull(this.#waiting > fullLength);
    const sent = this.#thread.collect(batch).then(() => {
      this.#underWay.delete(sent);
      this.#waiting -= batch.text.length;
      if (this.#waiting < fullLength / 2) this.#setFull(false);
    });
    this.#underWay.add(sent);
  }

  #setFull(isFull: boolean): void {
    if (isFull === this.#isFull) return;
    this.#isFull = isFull;
    this.#onPressure(isFull);
  }
}
