import { writeSync } from "node:fs";

/** Where lines go. */
export interface Destination {
  write(line: string): void;
  /** Write at once all that was handed over. */
  flushSync(): void;
}

/**
 * Create a destination on a file descriptor that gathers the lines of one turn of the event loop
 * into one write: under load the system call is the dearest part of a log line.
 */
export function createDestination(fd = 1): Destination {
  let pending = "";
  let scheduled = false;
  const flushSync = (): void => {
    scheduled = false;
    const batch = pending;
    pending = "";
    if (batch !== "") writeAll(fd, Buffer.from(batch));
  };
  return {
    write(line) {
      pending += line;
      if (scheduled) return;
      scheduled = true;
      setImmediate(flushSync);
    },
    flushSync,
  };
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      // EAGAIN: a full non-blocking pipe. EPIPE: nobody reads any more.
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
    }
  }
}
