import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setInterval } from "node:timers/promises";
import { ask } from "../../support/client.ts";

/**
 * Does to log files what stack/alloy/config.alloy has Alloy do: reads what is new in every file of a folder, and pushes it
 * with three labels and the ids as structured metadata. For where no Alloy is at hand.
 */
export async function collect(folder: string, lokiUrl: string, signal: AbortSignal): Promise<void> {
  const read = new Map<string, number>();
  try {
    for await (const _ of setInterval(500, undefined, { signal })) {
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        if (name.endsWith(".log")) await push(newLines(join(folder, name), read), lokiUrl);
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

async function push(lines: readonly string[], lokiUrl: string): Promise<void> {
  if (lines.length === 0) return;
  const streams = lines.map((text) => {
    const { service_name, deployment_environment_name, level, time, ...ids } = JSON.parse(text) as Record<
      string,
      string
    >;
    const metadata = Object.entries(ids).filter(([key]) =>
      ["trace_id", "span_id", "request_id"].includes(key),
    );
    return {
      stream: { service_name, deployment_environment_name, level },
      values: [[`${Date.parse(time ?? "")}000000`, text, Object.fromEntries(metadata)]],
    };
  });
  const { status, text } = await ask(`${lokiUrl}/loki/api/v1/push`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ streams }),
  });
  if (status !== 204) throw new Error(`Loki answered ${status}: ${text}`);
}
