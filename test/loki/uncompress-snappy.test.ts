import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { uncompressSnappy } from "../../src/loki/ingest/uncompress-snappy.ts";

// Another's compressor: CommonJS without types.
const { compress } = createRequire(import.meta.url)("snappyjs") as { compress(bytes: Buffer): Buffer };
const most = 1024 * 1024;

// The same numbers at every run.
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("uncompressing snappy", () => {
  it("gives back what was compressed: text that repeats, bytes that don't, long and short", () => {
    const next = numbers(7);
    for (const size of [0, 1, 59, 60, 61, 256, 257, 65_536, 300_000]) {
      const noise = Buffer.from(Array.from({ length: size }, () => next(256)));
      const text = Buffer.from('{"level":"info","msg":"GET /orders 200"}\n'.repeat(size / 40 + 1)).subarray(
        0,
        size,
      );
      for (const bytes of [noise, text, Buffer.alloc(size, 97)])
        expect(uncompressSnappy(compress(bytes), most).equals(bytes)).toBe(true);
    }
  });

  it("reads each kind of element, also a copy that runs into itself", () => {
    // Literal "ab"; one byte of offset: 4 from 2 back; two bytes: 3 from 3 back; four bytes: 2 from 1 back.
    const block = [11, 0x04, 0x61, 0x62, 0x01, 0x02, 0x0a, 0x03, 0x00, 0x07, 0x01, 0x00, 0x00, 0x00];
    expect(uncompressSnappy(Buffer.from(block), most).toString()).toBe("abababbabbb");
  });

  it.each([
    ["nothing", []],
    ["a length without end", [0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
    ["a literal longer than the block", [0x05, 0x10, 0x61]],
    // Read as a signed number it leads back to where it came from, for ever.
    ["a literal with a length beyond 2^31", [0x3d, 0xfc, 0xfb, 0xff, 0xff, 0xff, 0x00]],
    ["a copy before anything is there", [0x04, 0x01, 0x01]],
    ["a copy from nowhere", [0x05, 0x00, 0x61, 0x01, 0x00]],
    ["a copy from before the beginning", [0x05, 0x00, 0x61, 0x01, 0x02]],
    ["a copy without its offset", [0x05, 0x00, 0x61, 0x02, 0x01]],
    ["less than it says", [0x05, 0x00, 0x61]],
    ["more than it says", [0x01, 0x04, 0x61, 0x62]],
  ])("refuses %s", (_, bytes) => {
    expect(() => uncompressSnappy(Buffer.from(bytes), most)).toThrow("snappy: corrupt input");
  });

  it("refuses what is too large before it makes room for it", () => {
    expect(() => uncompressSnappy(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]), most)).toThrow(
      `message is larger than ${most} bytes`,
    );
  });

  it("ends on any bytes, with an answer or an error", () => {
    const next = numbers(1);
    for (let i = 0; i < 20_000; i++) {
      const bytes = Buffer.from(Array.from({ length: 1 + next(60) }, () => next(256)));
      try {
        expect(uncompressSnappy(bytes, most).length).toBeLessThanOrEqual(most);
      } catch (error) {
        expect(String(error)).toMatch(/corrupt input|larger than/);
      }
    }
  });
});
