import { IngestError } from "./ingest-error.ts";

/** One field of a protobuf message: a number for varint and fixed types, bytes for all else. */
export interface ProtobufField {
  readonly number: number;
  readonly integer: bigint;
  readonly bytes: Buffer;
}

const empty = Buffer.alloc(0);

/**
 * The fields of a protobuf message, in the order they stand. Names and nesting are the caller's to know.
 * @see https://protobuf.dev/programming-guides/encoding/
 * @throws IngestError when the bytes are no message.
 */
export function* protobufFields(message: Buffer): Iterable<ProtobufField> {
  const reader = new Reader(message);
  while (!reader.done) {
    const key = Number(reader.varint());
    const number = key >>> 3;
    switch (key & 7) {
      case 0:
        yield { number, integer: reader.varint(), bytes: empty };
        break;
      case 1:
        yield { number, integer: reader.take(8).readBigUInt64LE(), bytes: empty };
        break;
      case 2:
        yield { number, integer: 0n, bytes: reader.take(Number(reader.varint())) };
        break;
      case 5:
        yield { number, integer: BigInt(reader.take(4).readUInt32LE()), bytes: empty };
        break;
      default:
        throw new IngestError(`protobuf: wire type ${key & 7} is not supported`);
    }
  }
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  varint(): bigint {
    // Nearly all are small; a bigint is slow.
    const first = this.#bytes[this.#at];
    if (first !== undefined && first < 0x80) {
      this.#at++;
      return BigInt(first);
    }
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) break;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new IngestError("protobuf: a varint has no end");
  }

  take(length: number): Buffer {
    const end = this.#at + length;
    if (!(end <= this.#bytes.length)) throw new IngestError("protobuf: a field ends after its message");
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}
