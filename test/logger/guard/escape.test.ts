import { describe, expect, it } from "vitest";
import { createTaffrail } from "../../../src/index.ts";
import { brokenRules } from "../../support/line-rules.ts";

const written: string[] = [];
const { log } = createTaffrail({
  preset: "test",
  log: { destination: { write: (line) => void written.push(line) } },
});

/** All 65,536 UTF-16 code units, 64 at a time, each between letters that tell them apart. */
const blocks: readonly string[] = Array.from({ length: 1_024 }, (_, block) =>
  Array.from({ length: 64 }, (_, unit) => `x${String.fromCharCode(block * 64 + unit)}`).join(""),
);

describe("every one of the 65,536 code units", () => {
  it("is written such that no reader stumbles, and read back the same", () => {
    for (const block of blocks) {
      written.length = 0;
      log.info({ field: block, [block]: 1, nested: { [block]: [block] } }, block);
      const [text = ""] = written;
      expect(brokenRules(text)).toEqual([]);
      const line = JSON.parse(text) as Record<string, unknown>;
      expect(line).toMatchObject({ field: block, msg: block, nested: { [block]: [block] } });
      expect(Object.keys(line)).toContain(block.length > 128 ? `${block.slice(0, 128)}…` : block);
    }
  });

  it("keeps pairs of surrogates as they are", () => {
    written.length = 0;
    log.info("👩‍🚀 and 𝒳");
    expect(written[0]).toContain("𝒳");
    expect(brokenRules(String(written[0]))).toEqual([]);
  });
});
