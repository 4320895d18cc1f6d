import { describe, expect, it } from "vitest";
import type { Loss } from "../../../src/logger/output/loss.ts";
import type { Output } from "../../../src/logger/output/output.ts";
import { createPatience } from "../../../src/logger/output/patience.ts";
import { Sink } from "../../../src/logger/output/sink.ts";
import { until } from "../../support/poll.ts";

/** An output that does what a script says, call by call, and then takes everything. */
class ScriptedOutput implements Output {
  readonly name = "file";
  readonly written: Buffer[] = [];
  readonly #steps: (number | string)[];

  /** @param steps bytes to take, or the code of an error to throw */
  constructor(steps: (number | string)[]) {
    this.#steps = steps;
  }

  get text(): string {
    return Buffer.concat(this.written).toString();
  }

  write(bytes: Buffer): number {
    const step = this.#steps.shift() ?? bytes.length;
    if (typeof step === "string") throw Object.assign(new Error(step), { code: step });
    this.written.push(Buffer.from(bytes.subarray(0, step)));
    return Math.min(step, bytes.length);
  }
}

function sinkOn(
  steps: (number | string)[],
  maxBytes?: number,
): { sink: Sink; output: ScriptedOutput; losses: Loss[] } {
  const output = new ScriptedOutput(steps);
  const losses: Loss[] = [];
  const sink = new Sink({
    output,
    ...(maxBytes !== undefined && { maxBytes }),
    onLoss: (loss) => void losses.push(loss),
  });
  return { sink, output, losses };
}

const lines = Array.from({ length: 100 }, (_, n) => `{"n":${n},"text":"é✓😀"}\n`);

describe("a sink", () => {
  it("writes the lines of a turn at once, and an urgent one before the call returns", async () => {
    const { sink, output } = sinkOn([]);
    for (const line of lines.slice(0, 3)) sink.write(line, false);
    expect(output.text).toBe("");
    await until(
      () => output.text,
      (text) => text === lines.slice(0, 3).join(""),
    );
    expect(output.written).toHaveLength(1);
    sink.write(lines[3] ?? "", true);
    expect(output.text).toBe(lines.slice(0, 4).join(""));
  });

  it("keeps lines whole and in order over partial writes of every size", () => {
    for (let size = 1; size < 40; size++) {
      const { sink, output } = sinkOn(Array.from({ length: 50 }, () => size));
      for (const line of lines) sink.write(line, false);
      sink.flushSync();
      expect(output.text).toBe(lines.join(""));
      expect(sink.stats).toMatchObject({ writtenLines: 100, queueBytes: 0 });
      expect(sink.stats.writtenBytes).toBe(Buffer.byteLength(lines.join("")));
    }
  });

  it.each(["EAGAIN", "ENOSPC", "EIO", "EPIPE", "EBADF"])("resumes by itself after %s", async (code) => {
    const { sink, output } = sinkOn([code, code]);
    for (const line of lines) sink.write(line, false);
    await until(
      () => output.text,
      (text) => text === lines.join(""),
      2_000,
    );
    expect(sink.stats.droppedLines.size).toBe(0);
    expect([...sink.stats.writeErrors.keys()]).toEqual(code === "EAGAIN" ? [] : [code]);
  });

  it("never puts another line into one that is written in part", async () => {
    const { sink, output } = sinkOn([5, "ENOSPC", 3, "ENOSPC"]);
    sink.write(lines[0] ?? "", true);
    sink.write(lines[1] ?? "", true);
    await until(
      () => output.text,
      (text) => text === lines.slice(0, 2).join(""),
      2_000,
    );
  });

  it("gives up the rest of a line whose reader is gone, and counts it", async () => {
    const { sink, output, losses } = sinkOn([(lines[0] ?? "").length + 8, "EPIPE"]);
    for (const line of lines.slice(0, 3)) sink.write(line, false);
    sink.flushSync();
    await until(() => losses.length, Boolean, 2_000);
    expect(losses).toMatchObject([{ lines: 1, code: "EPIPE", output: "file" }]);
    expect(output.text.endsWith(lines[2] ?? "")).toBe(true);
    expect(sink.stats.writtenLines).toBe(2);
  });

  it("drops what there is no room for, counts it to the last line, and says so once there is room", async () => {
    const { sink, output, losses } = sinkOn(
      Array.from({ length: 3 }, () => "ENOSPC"),
      600_000,
    );
    const line = `${"x".repeat(999)}\n`;
    for (let n = 0; n < 2_000; n++) sink.write(line, false);
    const dropped = sink.stats.droppedLines.get("ENOSPC") ?? 0;
    expect(dropped).toBeGreaterThan(1_000);
    await until(() => losses.length, Boolean, 3_000);
    expect(losses).toMatchObject([{ lines: dropped, code: "ENOSPC" }]);
    expect(output.text.length / line.length + dropped).toBe(2_000);
  });

  it("keeps room for urgent lines when others are dropped already", () => {
    const { sink } = sinkOn(
      Array.from({ length: 10 }, () => "ENOSPC"),
      600_000,
    );
    const line = `${"x".repeat(999)}\n`;
    for (let n = 0; n < 200; n++) sink.write(line, false);
    const dropped = sink.stats.droppedLines.get("ENOSPC");
    sink.write(line, true);
    expect(sink.stats.droppedLines.get("ENOSPC")).toBe(dropped);
    sink.write(line, false);
    expect(sink.stats.droppedLines.get("ENOSPC")).toBe(Number(dropped) + 1);
  });

  it("at the end waits for a reader that comes back, as long as patience lasts", () => {
    const patient = sinkOn(Array.from({ length: 5 }, () => "EAGAIN"));
    patient.sink.write(lines[0] ?? "", false);
    patient.sink.flushSync(createPatience(1_000));
    expect(patient.output.text).toBe(lines[0]);
    const stalled = sinkOn(Array.from({ length: 10_000 }, () => "EAGAIN"));
    stalled.sink.write(lines[0] ?? "", false);
    stalled.sink.flushSync(createPatience(20));
    expect(stalled.output.text).toBe("");
  });
});
