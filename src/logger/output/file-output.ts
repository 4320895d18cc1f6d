import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { errorCode, type Output } from "./output.ts";
import { pieceLength } from "./pipe-pieces.ts";

export interface FileOutputOptions {
  readonly path: string;
  /** Size at which the file is put aside and a new one begun; 0 is never. */
  readonly maxBytes: number;
  /** How many files put aside are kept, `path.1` the youngest. */
  readonly keep: number;
}

/** How often the path is looked at, to follow a file that was renamed or removed. */
const lookEveryMs = 500;
// Lines may hold personal data: not for everybody's eyes.
const fileMode = 0o640;
// Appending, every write goes to the end: also after the file was truncated under us. Without blocking, since a path may
// name a pipe or a terminal (`/dev/stdout`), whose reader would else hold the process; a file ignores it.
const openFlags =
  constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NONBLOCK | constants.O_NOCTTY;

/**
 * Open a log file for appending. It is opened anew when it was renamed or removed (logrotate), and put
 * aside by itself at a size, where one is given.
 *
 * @throws the system's error when it can't be opened
 */
export function openFile(options: FileOutputOptions): Output {
  const { path, maxBytes, keep } = options;
  let file: OpenFile | undefined = open(options);

  function close(): void {
    const fd = file?.fd;
    // First: a close that fails (EIO, ENOSPC on a network file system) has freed the number, which may soon be another's.
    file = undefined;
    if (fd !== undefined) closeSync(fd);
  }

  function reopen(): void {
    close();
    file = open(options);
  }

  function rotate(current: OpenFile): void {
    try {
      putAside(path, keep);
    } catch {
      // A file that grows too large is better than none: try again a file's worth later.
      current.putAsideBytes = current.size + maxBytes;
      return;
    }
    reopen();
  }

  return {
    name: "file",
    betweenLines() {
      file ??= open(options);
      if (performance.now() - file.lookedMs >= lookEveryMs && !isStillAt(path, file)) reopen();
      if (maxBytes > 0 && file.size >= file.putAsideBytes) rotate(file);
    },
    write(bytes) {
      file ??= open(options);
      const written = file.isPipe
        ? writeSync(file.fd, bytes, 0, pieceLength(bytes))
        : writeSync(file.fd, bytes);
      file.size += written;
      return written;
    },
    isAbandoned() {
      // Held open, a removed file would keep its room on the full disk, and the rest of its last line wait for that room.
      if (file === undefined || !isGone(path, file)) return false;
      try {
        close();
      } catch {
        // The number is free all the same.
      }
      return true;
    },
  };
}

interface OpenFile {
  readonly fd: number;
  readonly dev: number;
  readonly ino: number;
  /** A named pipe, or what `/dev/stdout` stands for. */
  readonly isPipe: boolean;
  size: number;
  /** The size at which it is put aside. */
  putAsideBytes: number;
  lookedMs: number;
}

function open({ path, maxBytes }: FileOutputOptions): OpenFile {
  const fd = openSync(path, openFlags, fileMode);
  const stats = fstatSync(fd);
  const { dev, ino, size } = stats;
  // Only a file grows: a pipe or a device is never put aside.
  const putAsideBytes = stats.isFile() ? maxBytes : Number.POSITIVE_INFINITY;
  return { fd, dev, ino, isPipe: stats.isFIFO(), size, putAsideBytes, lookedMs: performance.now() };
}

function isStillAt(path: string, file: OpenFile): boolean {
  file.lookedMs = performance.now();
  const stats = statIfThere(path);
  if (stats === undefined || stats.ino !== file.ino || stats.dev !== file.dev) return false;
  file.size = stats.size;
  return true;
}

/** As `isStillAt`, for when there is trouble already; what can't be told is taken for there. */
function isGone(path: string, file: OpenFile): boolean {
  try {
    return !isStillAt(path, file);
  } catch {
    return false;
  }
}

function statIfThere(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

/** Shift `path` to `path.1`, that to `path.2`, and so on; the oldest goes. */
function putAside(path: string, keep: number): void {
  rmSync(`${path}.${keep}`, { force: true });
  for (let number = keep - 1; number >= 1; number--)
    renameIfThere(`${path}.${number}`, `${path}.${number + 1}`);
  if (keep > 0) renameIfThere(path, `${path}.1`);
  else rmSync(path, { force: true });
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}
