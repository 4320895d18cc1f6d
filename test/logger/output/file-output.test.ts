import { execFileSync } from "node:child_process";
import {
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openFile } from "../../../src/logger/output/file-output.ts";
import { Sink } from "../../../src/logger/output/sink.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "file-output-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(process.platform !== "linux")("a named pipe as the log file", () => {
  function makeFifo(): string {
    const path = join(folder, "fifo");
    execFileSync("mkfifo", [path]);
    return path;
  }

  it("that nobody reads is an error, not a wait", () => {
    expect(() => openFile({ path: makeFifo(), maxBytes: 0, keep: 0 })).toThrow("ENXIO");
  });

  it("whose reader stalls holds nobody, gets whole lines, and is never put aside", () => {
    const path = makeFifo();
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const output = openFile({ path, maxBytes: 1_000, keep: 1 });
    const lines = Buffer.from(`${"x".repeat(299)}\n`.repeat(1_000));
    let written = 0;
    const writeAll = (): void => {
      for (;;) {
        output.betweenLines?.();
        written += output.write(lines.subarray(written));
      }
    };
    expect(writeAll).toThrow("EAGAIN");
    expect(written % 300).toBe(0);
    expect(statSync(path).isFIFO()).toBe(true);
    closeSync(reader);
  });
});

const canMount = process.getuid?.() === 0 && process.platform === "linux";

describe.skipIf(!canMount)("a full disk (needs root to mount one)", () => {
  it("is left behind when its log file is removed in the middle of a line", () => {
    const disk = join(folder, "disk");
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]);
    try {
      const path = join(disk, "app.log");
      const losses: number[] = [];
      const output = openFile({ path, maxBytes: 0, keep: 0 });
      const sink = new Sink({ output, onLoss: ({ lines }) => void losses.push(lines) });
      // No multiple of a page: the last line goes out in part.
      for (let line = 0; line < 300; line++) sink.write(`${"x".repeat(300)}\n`, true);
      sink.flushSync();
      expect(readFileSync(path, "utf8").endsWith("\n")).toBe(false);
      rmSync(path);
      sink.flushSync();
      sink.flushSync();
      expect(readFileSync(path, "utf8")).toMatch(/^(?:x{300}\n)+$/);
      expect(losses).toEqual([1]);
    } finally {
      execFileSync("umount", ["-l", disk]);
    }
  });
});
