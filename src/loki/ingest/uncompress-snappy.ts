import { IngestError } from "./ingest-error.ts";

/**
 * Uncompress a block of snappy. Whatever the bytes are, it reads each of them once at most, and writes no more than the
 * length that the block begins with.
 * @throws IngestError when the block is broken, or longer than `maxBytes` once uncompressed.
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
export function uncompressSnappy(block: Buffer, maxBytes: number): Buffer {
  const { length, at } = readLength(block);
  if (length > maxBytes) throw new IngestError(`message is larger than ${maxBytes} bytes`);
  const output = Buffer.allocUnsafe(length);
  let from = at;
  let to = 0;
  while (from < block.length) {
    const element = readElement(block, from);
    if (element.size > length - to) throw corrupt();
    if (element.offset === undefined) block.copy(output, to, element.end - element.size, element.end);
    else repeat(output, to, { size: element.size, offset: element.offset });
    to += element.size;
    from = element.end;
  }
  if (to !== length) throw corrupt();
  return output;
}

function readLength(block: Buffer): { readonly length: number; readonly at: number } {
  let length = 0;
  for (let at = 0; at < 5; at++) {
    const byte = byteAt(block, at);
    length += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return { length, at: at + 1 };
  }
  throw corrupt();
}

interface Element {
  readonly size: number;
  /** How far back to copy from; undefined for a literal, which stands before `end`. */
  readonly offset: number | undefined;
  /** Where the next element begins. */
  readonly end: number;
}

function readElement(block: Buffer, at: number): Element {
  const tag = byteAt(block, at);
  const upper = tag >> 2;
  if ((tag & 3) === 0) return readLiteral(block, at + 1, upper);
  if ((tag & 3) === 1) {
    const offset = ((tag >> 5) << 8) + byteAt(block, at + 1);
    return { size: 4 + (upper & 7), offset, end: at + 2 };
  }
  const width = (tag & 3) === 2 ? 2 : 4;
  return { size: 1 + upper, offset: integerAt(block, at + 1, width), end: at + 1 + width };
}

function readLiteral(block: Buffer, at: number, upper: number): Element {
  const width = Math.max(0, upper - 59);
  const size = 1 + (width === 0 ? upper : integerAt(block, at, width));
  const end = at + width + size;
  if (end > block.length) throw corrupt();
  return { size, offset: undefined, end };
}

// The part that is copied may run into what it writes: then it repeats.
function repeat(
  output: Buffer,
  to: number,
  { size, offset }: { readonly size: number; readonly offset: number },
): void {
  if (offset === 0 || offset > to) throw corrupt();
  if (offset >= size) output.copyWithin(to, to - offset, to - offset + size);
  else for (let i = to; i < to + size; i++) output[i] = output[i - offset] ?? 0;
}

function integerAt(block: Buffer, at: number, width: number): number {
  if (at + width > block.length) throw corrupt();
  return block.readUIntLE(at, width);
}

function byteAt(block: Buffer, at: number): number {
  const byte = block[at];
  if (byte === undefined) throw corrupt();
  return byte;
}

function corrupt(): IngestError {
  return new IngestError("snappy: corrupt input");
}
