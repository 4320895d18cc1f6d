import { escapeText } from "../guard/escape.ts";

/** Lines that wait, encoded as one piece. */
interface Batch {
  readonly bytes: Buffer;
  readonly lines: number;
  /** How much of it is written. */
  at: number;
}

const newline = 10;
/** Room for all that a pipe holds and the line that was too much, however its characters are encoded. */
const slabBytes = 4 * 65_536;

/**
 * The lines that wait to be written, in order. Text is gathered and encoded in batches, since one
 * encoding of many lines costs a fraction of one for each.
 */
export class LineQueue {
  readonly #batches: Batch[] = [];
  /** What a batch is encoded into while no other waits: memory of its own for each would cost more than the encoding. */
  #slab: Buffer | undefined;
  #text = "";
  #textLines = 0;
  #encodedBytes = 0;

  /** Bytes that wait; text that is not encoded yet counts a byte a character. */
  get bytes(): number {
    return this.#encodedBytes + this.#text.length;
  }

  /** Characters gathered since the last batch was closed. */
  get textLength(): number {
    return this.#text.length;
  }

  get isEmpty(): boolean {
    return this.#text === "" && this.#batches.length === 0;
  }

  /** Whether a line is written in part, so that nothing else may be written before its rest. */
  get isMidLine(): boolean {
    const head = this.#batches[0];
    return head !== undefined && head.at > 0 && head.bytes[head.at - 1] !== newline;
  }

  add(line: string): void {
    this.#text += line;
    this.#textLines++;
  }

  /** The bytes to write next, the gathered text included; undefined where nothing waits. */
  next(): Buffer | undefined {
    if (this.#batches.length === 0) this.closeBatch();
    const head = this.#batches[0];
    return head && (head.at === 0 ? head.bytes : head.bytes.subarray(head.at));
  }

  /** Encode the gathered text. */
  closeBatch(): void {
    if (this.#text === "") return;
    const bytes = this.#encode(this.#text);
    this.#batches.push({ bytes, lines: this.#textLines, at: 0 });
    this.#encodedBytes += bytes.length;
    this.#text = "";
    this.#textLines = 0;
  }

  /** Take what was written off the queue. A batch's lines count when its last byte is out. @returns the lines */
  consume(bytes: number): number {
    const head = this.#batches[0];
    if (head === undefined) return 0;
    head.at += bytes;
    this.#encodedBytes -= bytes;
    if (head.at < head.bytes.length) return 0;
    this.#batches.shift();
    return head.lines;
  }

  /**
   * Give up the rest of a line that is written in part: whoever read its beginning is gone.
   *
   * @returns how many lines of its batch are out; undefined where no line is written in part
   */
  dropPartialLine(): number | undefined {
    const head = this.#batches[0];
    if (head === undefined || !this.isMidLine) return undefined;
    const rest = head.bytes.indexOf(newline, head.at) + 1;
    const written = countLines(head.bytes.subarray(0, head.at));
    this.#encodedBytes -= rest - head.at;
    this.#batches.shift();
    if (rest < head.bytes.length) {
      this.#batches.unshift({ bytes: head.bytes.subarray(rest), lines: head.lines - written - 1, at: 0 });
    }
    return written;
  }

  /** Encode lines, what is risky in them escaped. */
  #encode(text: string): Buffer {
    const bytes = this.#batches.length > 0 ? Buffer.from(text) : this.#encodeIntoSlab(text);
    // As many bytes as characters is pure ASCII, of which only DEL is risky: for most batches that is all it takes to know.
    const isSafe = bytes.length === text.length && !bytes.includes(del);
    return isSafe ? bytes : Buffer.from(escapeText(text));
  }

  #encodeIntoSlab(text: string): Buffer {
    if (text.length * 3 > slabBytes) return Buffer.from(text);
    this.#slab ??= Buffer.allocUnsafeSlow(slabBytes);
    return this.#slab.subarray(0, this.#slab.write(text));
  }
}

const del = 0x7f;

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) lines++;
  return lines;
}
