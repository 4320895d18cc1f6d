import type { Destination, Patience } from "./destination.ts";
import { LineQueue } from "./line-queue.ts";
import { type Loss, LossCount } from "./loss.ts";
import { errorCode, type Output } from "./output.ts";
import { OutputStats } from "./output-stats.ts";
import { createRenewingPatience } from "./patience.ts";

export interface SinkOptions {
  readonly output: Output;
  /** Bytes that may wait; further lines are dropped and counted. @default 8 MiB */
  readonly maxBytes?: number;
  /** Told how many lines were lost, once writing works again. */
  readonly onLoss: (loss: Loss) => void;
}

/** What a pipe holds: a larger batch would only wait in parts. */
const batchLength = 65_536;
/** Kept free for urgent lines when others are dropped already. */
const urgentReserveBytes = 524_288;
/** The oldest that a line may get before it is written, in a turn of the event loop that takes long. */
const maxAgeMs = 5;
/** Between attempts while the reader has no room (it may have any moment) and after an error (a disk that is full stays so for long). */
const retryMs = { blocked: 5, failed: 250 } as const;
/**
 * A reader that takes nothing for so long while it is waited for has stalled: then nobody waits for it until it
 * reads again. On a machine with too much to do, one that only was not scheduled takes nothing for tens of milliseconds.
 */
const stallMs = 200;
const reportEveryMs = 10_000;

/**
 * A bounded destination on an output that may be slow, stalled, full or gone: it gathers lines, writes
 * without blocking, keeps what can't be written yet, drops what there is no room for, and says how much.
 */
export class Sink implements Destination {
  readonly stats: OutputStats;
  readonly #output: Output;
  readonly #maxBytes: number;
  readonly #onLoss: (loss: Loss) => void;
  readonly #queue = new LineQueue();
  readonly #loss: LossCount;
  // A fiftieth of the time, three seconds at most: enough to carry a burst over a reader that is not always scheduled.
  readonly #patience = createRenewingPatience(0.02, 3_000);
  #scheduled = false;
  #oldestMs = 0;
  /** Why the last attempt to write came to nothing; undefined where it didn't. */
  #trouble: string | undefined;
  #stalled = false;
  #nextAttemptMs = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: SinkOptions) {
    const { output, maxBytes = 8_388_608, onLoss } = options;
    this.#output = output;
    this.#maxBytes = maxBytes;
    this.#onLoss = onLoss;
    this.#loss = new LossCount(output.name);
    this.stats = new OutputStats(output.name, () => this.#queue.bytes);
  }

  write(line: string, urgent: boolean): void {
    if (!this.#hasRoom(line, urgent)) {
      this.#drop(this.#trouble ?? "ENOBUFS");
      return;
    }
    const nowMs = Date.now();
    if (this.#queue.textLength === 0) this.#oldestMs = nowMs;
    this.#queue.add(line);
    if (this.#queue.textLength >= batchLength) {
      this.#queue.closeBatch();
      this.#attempt();
    } else if (urgent || nowMs - this.#oldestMs >= maxAgeMs) this.#attempt();
    else this.#schedule();
  }

  flushSync(patience?: Patience): void {
    this.#writeOut();
    while (this.#trouble === "EAGAIN" && patience?.sleep()) this.#writeOut();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#attempt();
    });
  }

  /** Write, unless the last attempt failed just now. */
  #attempt(): void {
    if (this.#trouble === undefined || performance.now() >= this.#nextAttemptMs) this.#writeOut();
  }

  #writeOut(): void {
    const before = this.stats.writtenBytes;
    this.#trouble = this.#writeWaiting();
    const isWriting = this.stats.writtenBytes > before;
    if (isWriting) this.#stalled = false;
    if (this.#trouble !== undefined) this.#retryLater(this.#trouble);
    this.#reportLoss(isWriting);
  }

  /** @returns the error that ended it before all was written */
  #writeWaiting(): string | undefined {
    try {
      for (let bytes = this.#queue.next(); bytes !== undefined; bytes = this.#queue.next()) {
        if (!this.#queue.isMidLine) this.#output.betweenLines?.();
        const written = this.#output.write(bytes);
        this.stats.writtenBytes += written;
        this.stats.writtenLines += this.#queue.consume(written);
      }
      return undefined;
    } catch (error) {
      const code = errorCode(error);
      if (code !== "EAGAIN") this.stats.countError(code);
      if (code === "EPIPE" || (code !== "EAGAIN" && this.#output.isAbandoned?.()))
        this.#forgetPartialLine(code);
      return code;
    }
  }

  #retryLater(code: string): void {
    const waitMs = code === "EAGAIN" ? retryMs.blocked : retryMs.failed;
    this.#nextAttemptMs = performance.now() + waitMs;
    // Not for its sake does the process stay: what waits at its end is written then.
    if (this.#retry !== undefined) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#writeOut();
    }, waitMs).unref();
  }

  #forgetPartialLine(code: string): void {
    const written = this.#queue.dropPartialLine();
    if (written === undefined) return;
    this.stats.writtenLines += written;
    this.#drop(code);
  }

  /** Say what was lost, once there is room again; under a load that never lets up, from time to time. */
  #reportLoss(isWriting: boolean): void {
    const works = this.#trouble === undefined || (this.#trouble === "EAGAIN" && isWriting);
    const hasRoom = this.#queue.bytes <= this.#maxBytes / 2;
    const isDue = works && (hasRoom || this.#loss.ageMs >= reportEveryMs);
    const loss = isDue ? this.#loss.take() : undefined;
    if (loss) this.#onLoss(loss);
  }

  #hasRoom(line: string, urgent: boolean): boolean {
    const limit = urgent ? this.#maxBytes : this.#maxBytes - urgentReserveBytes;
    if (this.#queue.bytes + line.length <= limit) return true;
    this.#waitForRoom(limit - batchLength);
    return this.#queue.bytes + line.length <= limit;
  }

  /** Wait for a reader that reads, only slower than lines come; not for one that has stalled. */
  #waitForRoom(limit: number): void {
    const startMs = performance.now();
    this.#attempt();
    while (this.#trouble === "EAGAIN" && !this.#stalled && this.#queue.bytes > limit) {
      const before = this.#queue.bytes;
      if (!this.#patience.sleep()) return;
      this.#writeOut();
      if (this.#queue.bytes === before && performance.now() - startMs > stallMs) this.#stalled = true;
    }
  }

  #drop(code: string): void {
    this.stats.countDropped(code);
    this.#loss.add(code);
  }
}
