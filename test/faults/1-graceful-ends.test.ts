import { afterAll, describe, expect, it } from "vitest";
import { isFull, type Piped, runInPipe, runToFile } from "./fault-child.ts";
import { type Figure, keepFigures } from "./figures.ts";
import { numberedLines } from "./numbered-lines.ts";

const runs = isFull ? 30 : 2;
const pinoRuns = isFull ? 5 : 1;
const count = 100_000;

// What Node itself would exit with, but for the signals: a stop in good order is a success.
const ends = { natural: 0, exit: 3, throw: 1, reject: 1, SIGTERM: 0, SIGINT: 0 } as const;
const figures: Figure[] = [];

async function survivors(
  run: (env: Record<string, string>) => Promise<Piped>,
  env: Record<string, string>,
  times: number,
): Promise<string> {
  const kept: number[] = [];
  let bad = 0;
  for (let time = 0; time < times; time++) {
    const { text } = await run(env);
    const { unique, torn, outOfOrder } = numberedLines(text);
    kept.push(unique);
    bad += torn + outOfOrder;
  }
  const [least, most] = [Math.min(...kept), Math.max(...kept)];
  const range = least === most ? String(least) : `${least} to ${most}`;
  return `${range} of ${count} in ${times} runs${bad > 0 ? `, ${bad} torn or out of order` : ""}`;
}

describe.each(Object.entries(ends))("end by %s", (end, code) => {
  it.each(["burst", "paced"])(
    `%s to a pipe: every line is there, whole and in order, ${runs} runs`,
    async (pattern) => {
      const env = { COUNT: String(count), PATTERN: pattern, END: end };
      for (let run = 0; run < runs; run++) {
        const piped = await runInPipe("writer", env);
        const { numbers, unique, torn, outOfOrder, reportedLost } = numberedLines(piped.text);
        const lines = numbers.length;
        expect({ code: piped.code, lines, reportedLost, unique, torn, outOfOrder }).toEqual({
          reportedLost: 0,
          code,
          lines: count,
          unique: count,
          torn: 0,
          outOfOrder: 0,
        });
      }
      figures.push({
        fault: `${end}, ${pattern}, pipe`,
        promise: "all lines, whole, in order",
        kit: `${count} of ${count} in ${runs} runs`,
        pino: await survivors((given) => runInPipe("writer", given), { ...env, LOGGER: "pino" }, pinoRuns),
      });
    },
  );

  it(`burst to a file opened in the same turn, ${runs} runs`, async () => {
    const env = { COUNT: String(count), PATTERN: "burst", END: end };
    for (let run = 0; run < runs; run++) {
      const { text } = await runToFile("writer", env);
      const { numbers, unique, torn, outOfOrder } = numberedLines(text);
      expect({ lines: numbers.length, unique, torn, outOfOrder }).toEqual({
        lines: count,
        unique: count,
        torn: 0,
        outOfOrder: 0,
      });
    }
    figures.push({
      fault: `${end}, burst, new file`,
      promise: "all lines, whole, in order",
      kit: `${count} of ${count} in ${runs} runs`,
      pino: await survivors(
        (given) => runToFile("writer", given),
        { ...env, LOGGER: "pino" },
        pinoRuns,
      ).catch(() => `no file at all`),
    });
  });
});

afterAll(() => keepFigures("1-graceful-ends", "Graceful ends", figures));
