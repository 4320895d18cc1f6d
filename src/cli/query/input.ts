import { createReadStream, statSync } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { TaffrailError } from "../../errors.ts";
import { displayPath } from "../../rules/index.ts";
import { type Terminal, usageError } from "../command.ts";
import { checkStdin, filesOf } from "../files.ts";

/** Something to read log lines from. */
export interface Input {
  /** The value of the label `filename`. */
  readonly name: string;
  /** Bytes on disk; undefined for a pipe. */
  readonly size: number | undefined;
  /** The time of lines that bear none. */
  readonly modifiedMs: number;
  /** Open it; `read` hears of every byte taken from the disk. */
  readonly open: (read: (bytes: number) => void) => AsyncIterable<Buffer>;
}

const blockBytes = 4 * 1024 * 1024;

/** The inputs that the arguments name: files, patterns, `-`; none at all is standard input. */
export function inputsOf(names: readonly string[], { stdin }: Terminal): Input[] {
  if (names.length === 0 && stdin.isTTY) throw usageError("query needs a file, or lines on standard input");
  const given = names.length === 0 ? ["-"] : names;
  return given.flatMap((name) => (name === "-" ? [pipe(stdin)] : filesOf([name]).map(file)));
}

/** Bytes of all inputs together; undefined when one is a pipe. */
export function sizeOf(inputs: readonly Input[]): number | undefined {
  return inputs.reduce<number | undefined>(
    (sum, { size }) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  );
}

function pipe(stdin: Readable): Input {
  checkStdin();
  return {
    name: "stdin",
    size: undefined,
    modifiedMs: Date.now(),
    open: (read) => counted(stdin, "stdin", read),
  };
}

function file(path: string): Input {
  const stats = statSync(path);
  return {
    name: displayPath(path),
    size: stats.size,
    modifiedMs: Math.floor(stats.mtimeMs),
    open: (read) => {
      const name = displayPath(path);
      const bytes = counted(createReadStream(path, { highWaterMark: blockBytes }), name, read);
      return unmarked(path.endsWith(".gz") ? unzipped(bytes, name) : bytes);
    },
  };
}

async function* counted(
  stream: Readable,
  name: string,
  read: (bytes: number) => void,
): AsyncIterable<Buffer> {
  try {
    for await (const chunk of stream) {
      // A byte stream without an encoding gives buffers.
      const bytes = chunk as Buffer;
      read(bytes.length);
      yield bytes;
    }
  } catch (error) {
    throw usageError(`${name}: can't be read: ${error instanceof Error ? error.message : error}`, error);
  }
}

const byteOrderMark = Buffer.from("\ufeff");

// The mark that some editors put first is no part of the first line.
async function* unmarked(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let first = true;
  for await (const block of bytes) {
    const isMarked = first && block.subarray(0, byteOrderMark.length).equals(byteOrderMark);
    yield isMarked ? block.subarray(byteOrderMark.length) : block;
    first = false;
  }
}

async function* unzipped(bytes: AsyncIterable<Buffer>, name: string): AsyncIterable<Buffer> {
  const gunzip = createGunzip({ chunkSize: blockBytes });
  const feeding = (async () => {
    for await (const chunk of bytes)
      if (!gunzip.write(chunk)) await new Promise((go) => gunzip.once("drain", go));
    gunzip.end();
  })();
  feeding.catch((error: unknown) => gunzip.destroy(error instanceof Error ? error : undefined));
  try {
    yield* gunzip;
  } catch (error) {
    if (error instanceof TaffrailError) throw error;
    throw usageError(`${name} can't be unzipped: ${error instanceof Error ? error.message : error}`, error);
  }
  await feeding;
}
