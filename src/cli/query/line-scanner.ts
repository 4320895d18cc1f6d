import { type LineTime, TimeReader } from "./line-time.ts";

export interface ScannedLine {
  readonly text: string;
  readonly ms: number;
  readonly subNs: number;
}

export interface LineScannerOptions {
  /** Only lines that hold these bytes are given. */
  readonly needle: Buffer | undefined;
  /** The time of lines before any that bears one. */
  readonly firstMs: number;
  /** Only lines with `fromMs <= time <= toMs`. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly visit: (line: ScannedLine) => void;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
// A longer line is cut: without a limit, a file that is no text would be held as a whole.
const maxLineBytes = 16 * 1024 * 1024;

/**
 * Cuts blocks of bytes into lines and times them. A line without a time of its own has that of the one before it, and
 * lines of one millisecond are told apart by a nanosecond each, in the order they stand in.
 */
export class LineScanner {
  readonly #options: LineScannerOptions;
  readonly #times = new TimeReader();
  #carry: Buffer = Buffer.alloc(0);
  // The last time met, and the time of the last line given with how far it was shifted.
  #last: LineTime;
  #given: LineTime = { ms: Number.NaN, subNs: 0 };
  #shift = 0;
  #newestMs = -Infinity;

  constructor(options: LineScannerOptions) {
    this.#options = options;
    this.#last = { ms: options.firstMs, subNs: 0 };
  }

  /** The latest time seen on any line; -Infinity before there was one. */
  get newestMs(): number {
    return this.#newestMs;
  }

  feed(bytes: Buffer): void {
    const firstEnd = bytes.indexOf(newline) + 1;
    if (firstEnd === 0) {
      this.#carry = Buffer.concat([this.#carry, bytes]);
      if (this.#carry.length > maxLineBytes) this.end();
      return;
    }
    let from = 0;
    if (this.#carry.length > 0) {
      this.#carry = Buffer.concat([this.#carry, bytes.subarray(0, firstEnd)]);
      this.end();
      from = firstEnd;
    }
    const end = bytes.lastIndexOf(newline) + 1;
    this.#scan(bytes.subarray(from, end));
    // A copy, lest a short rest holds on to the whole block.
    this.#carry = Buffer.from(bytes.subarray(end));
  }

  end(): void {
    this.#scan(this.#carry);
    this.#carry = Buffer.alloc(0);
  }

  #scan(block: Buffer): void {
    const { needle } = this.#options;
    let at = 0;
    while (at < block.length) {
      const hit = needle ? block.indexOf(needle, at) : at;
      if (hit < 0) break;
      const start = needle ? Math.max(at, block.lastIndexOf(newline, hit) + 1) : at;
      const found = block.indexOf(newline, hit);
      const stop = found < 0 ? block.length : found;
      const end = block[stop - 1] === carriageReturn && stop > start ? stop - 1 : stop;
      this.#line(block.subarray(start, end), block.subarray(at, start));
      at = stop + 1;
    }
    if (at < block.length) this.#take(this.#times.readLast(block.subarray(at)));
  }

  // Lines without the needle are passed over, but a line without a time has it from the last of them.
  #line(line: Buffer, passedOver: Buffer): void {
    if (line.length === 0) return;
    this.#take(this.#times.read(line) ?? this.#times.readLast(passedOver));
    const { ms, subNs } = this.#last;
    const same = ms === this.#given.ms && subNs === this.#given.subNs;
    this.#shift = same ? Math.min(this.#shift + 1, 999_999 - subNs) : 0;
    this.#given = this.#last;
    const { fromMs, toMs, visit } = this.#options;
    if (ms >= fromMs && ms <= toMs) visit({ text: line.toString("utf8"), ms, subNs: subNs + this.#shift });
  }

  #take(time: LineTime | undefined): void {
    if (!time) return;
    this.#last = time;
    if (time.ms > this.#newestMs) this.#newestMs = time.ms;
  }
}
