import type { Samples } from "../series-source.ts";
import { ByteReader, ByteWriter, unzigzag, zigzag } from "./bytes.ts";

/**
 * Samples of one series, packed. A time is the change of the distance to the one before: one byte where a target is
 * scraped evenly. A value that differs from the one before by a whole number is that difference, as the values of most
 * counters are; any other is the bytes in which its bits differ.
 * @see http://www.vldb.org/pvldb/vol8/p1816-teller.pdf (Gorilla, which packs bits)
 */
export class SampleChunk {
  readonly #writer = new ByteWriter();
  readonly #packer = new Packer();
  #count = 0;
  readonly firstMs: number;
  #lastMs: number;

  constructor(firstMs: number) {
    this.firstMs = firstMs;
    this.#lastMs = firstMs;
  }

  get count(): number {
    return this.#count;
  }

  get lastMs(): number {
    return this.#lastMs;
  }

  get bytes(): number {
    return this.#writer.capacity;
  }

  /** Add the sample at an index of some values, whose bits are kept. Times are whole milliseconds and only grow. */
  append(timeMs: number, values: Float64Array, index: number): void {
    this.#packer.pack(this.#writer, timeMs - this.firstMs, values, index);
    this.#lastMs = timeMs;
    this.#count++;
  }

  /** The chunk as it will stay, without spare room. */
  seal(): SealedChunk {
    return new SealedChunk(this.#writer.view().slice(), this);
  }

  read(): Samples {
    return unpack(this.#writer.view(), this);
  }
}

/** A chunk that takes no more samples. */
export class SealedChunk {
  readonly #packed: Uint8Array;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;

  constructor(
    packed: Uint8Array,
    { count, firstMs, lastMs }: Pick<SampleChunk, "count" | "firstMs" | "lastMs">,
  ) {
    this.#packed = packed;
    this.count = count;
    this.firstMs = firstMs;
    this.lastMs = lastMs;
  }

  get bytes(): number {
    return this.#packed.length;
  }

  read(): Samples {
    return unpack(this.#packed, this);
  }
}

// What a sample is measured against, when it is written as when it is read.
class Packer {
  #timeMs = 0;
  #apartMs = 0;
  readonly #value = new Float64Array(1);
  readonly #bits: Uint8Array = new Uint8Array(this.#value.buffer);

  pack(writer: ByteWriter, timeMs: number, values: Float64Array, index: number): void {
    const apart = timeMs - this.#timeMs;
    writer.varint(zigzag(apart - this.#apartMs));
    this.#apartMs = apart;
    this.#timeMs = timeMs;
    const source = new Uint8Array(values.buffer, values.byteOffset + index * 8, 8);
    const difference = (values[index] ?? 0) - (this.#value[0] ?? 0);
    if (
      Number.isInteger(difference) &&
      Math.abs(difference) < 2 ** 50 &&
      this.#restores(difference, values, index)
    ) {
      writer.varint(zigzag(difference) * 2);
    } else this.#packBits(writer, source);
    this.#bits.set(source);
  }

  unpack(reader: ByteReader, times: Float64Array, values: Float64Array, index: number): void {
    this.#apartMs += unzigzag(reader.varint());
    this.#timeMs += this.#apartMs;
    times[index] = this.#timeMs;
    const head = reader.varint();
    if (head % 2 === 0) this.#value[0] = (this.#value[0] ?? 0) + unzigzag(head / 2);
    else this.#unpackBits(reader, head);
    const value = this.#value[0] ?? 0;
    // Only of NaN do the bits say more than the number: a stale marker is one.
    if (Number.isNaN(value)) new Uint8Array(values.buffer, values.byteOffset + index * 8, 8).set(this.#bits);
    else values[index] = value;
  }

  // Adding may round, and loses the sign of -0.
  #restores(difference: number, values: Float64Array, index: number): boolean {
    return Object.is((this.#value[0] ?? 0) + difference, values[index]);
  }

  // An odd head: how many bytes are the same at the low end, and how many follow.
  #packBits(writer: ByteWriter, source: Uint8Array): void {
    const differs = (i: number): boolean => source[i] !== this.#bits[i];
    let from = 0;
    let to = 8;
    while (from < 8 && !differs(from)) from++;
    while (to > from && !differs(to - 1)) to--;
    writer.varint((from * 9 + (to - from)) * 2 + 1);
    for (let i = from; i < to; i++) writer.byte(source[i] ?? 0);
  }

  #unpackBits(reader: ByteReader, head: number): void {
    const [from, length] = [Math.floor((head - 1) / 18), ((head - 1) / 2) % 9];
    for (let i = from; i < from + length; i++) this.#bits[i] = reader.byte();
  }
}

function unpack(packed: Uint8Array, { count, firstMs }: Pick<SampleChunk, "count" | "firstMs">): Samples {
  const reader = new ByteReader(packed);
  const packer = new Packer();
  const [times, values] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    packer.unpack(reader, times, values, i);
    times[i] = (times[i] ?? 0) + firstMs;
  }
  return { times, values };
}
