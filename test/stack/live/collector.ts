import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setInterval } from "node:timers/promises";
import { ask } from "../../support/client.ts";
import { createPipeline } from "../alloy/pipeline.ts";

const process = createPipeline(readFileSync("stack/alloy/config.alloy", "utf8"), "contract", {
  DEPLOYMENT_ENVIRONMENT_NAME: "demo",
});

/**
 * Does to log files what Alloy does: reads what is new in every file of a folder, and pushes what the stages of
 * stack/alloy/config.alloy make of it. For where no Alloy is at hand.
 */
export async function collect(folder: string, lokiUrl: string, signal: AbortSignal): Promise<void> {
  const read = new Map<string, number>();
  try {
    for await (const _ of setInterval(500, undefined, { signal })) {
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        if (name.endsWith(".log"))
          await push(join(folder, name), newLines(join(folder, name), read), lokiUrl);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function newLines(path: string, read: Map<string, number>): string[] {
  const text = readFileSync(path, "utf8").slice(read.get(path) ?? 0);
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  read.set(path, (read.get(path) ?? 0) + whole.length);
  return whole.split("\n").filter((line) => line !== "");
}

async function push(path: string, lines: readonly string[], lokiUrl: string): Promise<void> {
  if (lines.length === 0) return;
  const readMs = Date.now();
  const streams = process(lines.map((text) => ({ path, text, readMs }))).map(
    ({ text, timeMs, labels, metadata }) => ({
      stream: labels,
      values: [[`${timeMs}000000`, text, metadata]],
    }),
  );
  const { status, text } = await ask(`${lokiUrl}/loki/api/v1/push`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ streams }),
  });
  if (status !== 204) throw new Error(`Loki answered ${status}: ${text}`);
}
