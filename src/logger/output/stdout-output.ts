import { constants, fstatSync, openSync, type Stats, writeSync } from "node:fs";
import { isatty } from "node:tty";
import type { Output } from "./output.ts";
import { pieceLength } from "./pipe-pieces.ts";

const stdout = 1;

/** Open standard output such that a reader who stops reading can't stop the process. */
export function openStdout(): Output {
  const stats = fstatSync(stdout);
  const fd = openNonBlocking(stats);
  return {
    name: "stdout",
    write: stats.isFIFO()
      ? (bytes) => writeSync(fd, bytes, 0, pieceLength(bytes))
      : (bytes) => writeSync(fd, bytes),
  };
}

function openNonBlocking(stats: Stats): number {
  // A file has no reader to wait for, and its write position belongs to the description we were given.
  if (stats.isFile()) return stdout;
  if ((stats.isFIFO() || isatty(stdout)) && process.platform === "linux") {
    try {
      // A description of our own: the flag would else change for all who share this one, a shell for instance.
      return openSync("/proc/self/fd/1", constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    } catch {
      // No /proc, or a pipe of another user's.
    }
  }
  // A socket can't be opened a second time (ENXIO). Node makes it non-blocking itself when its stream is first asked for.
  if (stats.isFIFO() || stats.isSocket()) void process.stdout;
  return stdout;
}
