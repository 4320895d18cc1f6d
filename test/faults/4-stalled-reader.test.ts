import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { until } from "../support/poll.ts";
import { isFull, order, startOnFifo } from "./fault-child.ts";
import { type Figure, keepFigures, slack } from "./figures.ts";
import { numberedLines } from "./numbered-lines.ts";

const rate = 20_000;
const stallMs = isFull ? 60_000 : 4_000;
const warmUpMs = isFull ? 10_000 : 3_000;
const figures: Figure[] = [];

interface Report {
  readonly maxRss: number;
  readonly p99Ms: number;
}

interface Stalled {
  /** Before the stall. */
  readonly usualP99Ms: number;
  readonly grownMiB: number;
  readonly p99Ms: number;
  readonly produced: number;
  readonly written: number;
  readonly reportedLost: number;
  readonly reports: number;
  readonly torn: number;
  readonly code: number;
}

/** Let a reader read, stop, and read again. */
async function stall(env: Record<string, string>, forMs: number): Promise<Stalled> {
  const child = startOnFifo("steady", { RATE: String(rate), ...env });
  child.reader.resume();
  // The fault itself is time that passes; nothing could be waited for.
  await setTimeout(warmUpMs);
  await order(child.process, "reset");
  await setTimeout(warmUpMs);
  const before = await order<Report>(child.process, "report");
  await order(child.process, "reset");
  child.reader.pause();
  await setTimeout(forMs);
  const during = await order<Report>(child.process, "report");
  child.reader.resume();
  await until(
    () => child.count('"log.dropped"'),
    (count) => env["LOGGER"] === "pino" || count > 0,
    10_000,
  );
  const { produced } = await order<{ produced: number }>(child.process, "stop");
  const code = await child.ended;
  await until(() => child.reader.readableEnded || child.reader.destroyed, Boolean);
  const { unique, reportedLost, reports, torn } = numberedLines(child.text());
  const grownMiB = (during.maxRss - before.maxRss) / 1_048_576;
  return {
    usualP99Ms: before.p99Ms,
    grownMiB,
    p99Ms: during.p99Ms,
    produced,
    written: unique,
    reportedLost,
    reports,
    torn,
    code,
  };
}

describe(`a reader that stalls for ${stallMs / 1_000} s at ${rate} lines a second`, () => {
  it("costs lines, counted to the last one, but neither memory nor time", async () => {
    const kit = await stall({}, stallMs);
    // pino grows by some 15 MiB a second: a short stall shows it.
    const pinoMs = Math.min(stallMs, 15_000);
    const pino = await stall({ LOGGER: "pino" }, pinoMs);
    figures.push(
      {
        fault: `stalled ${stallMs / 1_000} s at ${rate} lines/s: memory`,
        promise: "grows by at most 16 MiB",
        kit: `${kit.grownMiB.toFixed(1)} MiB`,
        pino: `${pino.grownMiB.toFixed(1)} MiB in ${pinoMs / 1_000} s`,
      },
      {
        fault: "the same: event loop delay, p99 (a 10 ms timer's)",
        promise: "at most 50 ms",
        kit: `${kit.p99Ms.toFixed(1)} ms; ${kit.usualP99Ms.toFixed(1)} ms before the stall`,
        pino: `${pino.p99Ms.toFixed(1)} ms; ${pino.usualP99Ms.toFixed(1)} ms before`,
      },
      {
        fault: "the same: lines",
        promise: "produced = written + reported lost",
        kit: `${kit.produced} = ${kit.written} + ${kit.reportedLost}, ${kit.torn} torn`,
        pino: `${pino.produced} produced, ${pino.written} written`,
      },
    );
    expect(kit.written + kit.reportedLost).toBe(kit.produced);
    expect(kit).toMatchObject({ torn: 0, code: 0 });
    expect(kit.reports).toBeGreaterThan(0);
    expect(kit.grownMiB).toBeLessThanOrEqual(16 * slack);
    // A machine that is busy with other things has its own delays.
    expect(kit.p99Ms).toBeLessThanOrEqual(Math.max(50, kit.usualP99Ms * 1.5) * slack);
  });
});

describe("a reader that pauses 2 ms between reads", () => {
  it("gets every line of a burst, whole", async () => {
    const child = startOnFifo("writer", { COUNT: "50000", PATTERN: "burst", END: "exit" });
    child.reader.on("data", () => {
      child.reader.pause();
      void setTimeout(2).then(() => child.reader.resume());
    });
    child.reader.resume();
    await child.ended;
    await until(() => child.reader.readableEnded || child.reader.destroyed, Boolean, 60_000);
    const { unique, torn, outOfOrder, reportedLost } = numberedLines(child.text());
    figures.push({
      fault: "a reader that pauses 2 ms between reads, burst of 50000",
      promise: "all lines, or each one lost reported",
      kit: `${unique} written, ${reportedLost} lost, ${torn} torn`,
    });
    expect({ all: unique + reportedLost, torn, outOfOrder }).toEqual({ all: 50_000, torn: 0, outOfOrder: 0 });
  });
});

afterAll(() => keepFigures("4-stalled-reader", "Readers that stall", figures));
