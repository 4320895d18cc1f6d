import { closeSync, fstatSync, openSync, renameSync, rmSync, type Stats, statSync, writeSync } from "node:fs";
import { errorCode, type Output } from "./output.ts";

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

/**
 * Open a log file for appending. It is opened anew when it was renamed or removed (logrotate), and put
 * aside by itself at a size, where one is given.
 *
 * @throws the system's error when it can't be opened
 */
export function openFile(options: FileOutputOptions): Output {
  const { path, maxBytes, keep } = options;
  let file: OpenFile | undefined = open(options);

  function reopen(): OpenFile {
    if (file) closeSync(file.fd);
    file = undefined;
    file = open(options);
    return file;
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
      const written = writeSync(file.fd, bytes);
      file.size += written;
      return written;
    },
  };
}

interface OpenFile {
  readonly fd: number;
  readonly dev: number;
  readonly ino: number;
  size: number;
  /** The size at which it is put aside. */
  putAsideBytes: number;
  lookedMs: number;
}

function open({ path, maxBytes }: FileOutputOptions): OpenFile {
  // Appending, every write goes to the end: also after the file was truncated under us.
  const fd = openSync(path, "a", fileMode);
  const { dev, ino, size } = fstatSync(fd);
  return { fd, dev, ino, size, putAsideBytes: maxBytes, lookedMs: performance.now() };
}

function isStillAt(path: string, file: OpenFile): boolean {
  file.lookedMs = performance.now();
  const stats = statIfThere(path);
  if (stats === undefined || stats.ino !== file.ino || stats.dev !== file.dev) return false;
  file.size = stats.size;
  return true;
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
