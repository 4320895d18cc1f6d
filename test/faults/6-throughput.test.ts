import { spawn } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import { isFull } from "./fault-child.ts";
import { type Figure, keepFigures, slack } from "./figures.ts";

// Interleaved, so that whatever else the machine does befalls all alike.
const rounds = isFull ? 15 : 5;
const count = 200_000;
const figures: Figure[] = [];

type Measure = "perSecond" | "perCpuSecond";

async function lines(logger: string, shape: string, measure: Measure): Promise<number> {
  const command = `"$0" test/faults/programs/throughput.mjs | cat > /dev/null`;
  const env = { ...process.env, NODE_ENV: "production", COUNT: String(count), LOGGER: logger, SHAPE: shape };
  const child = spawn("bash", ["-c", command, process.execPath], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  for await (const chunk of child.stderr) said += String(chunk);
  return (JSON.parse(said) as Record<Measure, number>)[measure];
}

/** The medians of a logger's lines a second, and of its ratio to the first of the list in the same round. */
async function compare(
  loggers: readonly string[],
  shape: string,
  measure: Measure,
): Promise<{ medians: number[]; ratios: number[] }> {
  const samples: number[][] = [];
  for (let round = 0; round < rounds; round++) {
    const sample: number[] = [];
    for (const logger of loggers) sample.push(await lines(logger, shape, measure));
    samples.push(sample);
  }
  return {
    medians: loggers.map((_, index) => median(samples.map((sample) => Number(sample[index])))),
    ratios: loggers.map((_, index) =>
      median(samples.map((sample) => Number(sample[index]) / Number(sample[0]))),
    ),
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const rounded = (value = 0): string => Math.round(value / 1_000).toLocaleString("en");

describe("lines a second to a pipe", () => {
  it.each(["small", "text", "nested"])(
    "%s lines: guard, cap and redaction on, no fewer than pino's",
    async (shape) => {
      const { medians, ratios } = await compare(["pino", "kit"], shape, "perSecond");
      figures.push({
        fault: `${shape} lines to a pipe, ${rounds} rounds`,
        promise: "≥ 1.0 of pino",
        kit: `${rounded(medians[1])},000 lines/s, ratio ${Number(ratios[1]).toFixed(2)}`,
        pino: `${rounded(medians[0])},000 lines/s`,
      });
      expect(ratios[1]).toBeGreaterThanOrEqual(1 / slack);
    },
  );

  // By CPU time: a difference of a few percent drowns in what else the machine does.
  it("redaction costs at most 15 % of them", async () => {
    const { medians, ratios } = await compare(["unredacted", "redacted"], "small", "perCpuSecond");
    figures.push({
      fault: `redaction, ${rounds} rounds`,
      promise: "costs ≤ 15 %",
      kit: `${((1 - Number(ratios[1])) * 100).toFixed(1)} % (${rounded(medians[1])},000 of ${rounded(medians[0])},000 lines a CPU second)`,
    });
    expect(ratios[1]).toBeGreaterThanOrEqual(1 - 0.15 * slack);
  });
});

afterAll(() => keepFigures("6-throughput", "Throughput", figures));
