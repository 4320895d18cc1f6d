import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ask } from "../../support/client.ts";
import { freePort } from "../../support/free-port.ts";
import { until } from "../../support/poll.ts";
import { linesAt } from "../alloy/lines.ts";
import { createPipeline } from "../alloy/pipeline.ts";
import { toolPath } from "../tools.ts";
import { type Running, start } from "./process.ts";

const alloy = toolPath("alloy");
const loki = toolPath("loki");
const lacks = Object.entries({ alloy, loki }).flatMap(([name, path]) => (path === undefined ? [name] : []));
if (lacks.length > 0)
  process.stderr.write(`\nNot run: Alloy beside its stand-in; ${lacks.join(", ")} not on the PATH.\n`);

const running: Running[] = [];
afterAll(() => Promise.all(running.map((program) => program.stop())));

describe.skipIf(lacks.length > 0)("Alloy itself, with stack/alloy/config.alloy, into Loki", () => {
  it("makes of every kind of line what the collector's stand-in makes of it", async () => {
    const dir = mkdtempSync(join(tmpdir(), "alloy-"));
    const url = await startLoki(dir);
    const lines = linesAt(Date.now());
    const logs = join(dir, "logs");
    mkdirSync(logs);
    for (const { path, text } of lines) writeFileSync(join(logs, basename(path)), `${text}\n`, { flag: "a" });
    await startAlloy(dir, logs, url);

    const configuration = readFileSync("stack/alloy/config.alloy", "utf8");
    const expected = createPipeline(configuration, "contract", { DEPLOYMENT_ENVIRONMENT_NAME: "demo" })(
      lines,
    );
    const got = await until(
      () => entriesOf(url),
      (entries) => entries.length >= expected.length,
      60_000,
    );
    const parts = expected.map(({ text, labels, metadata }) => ({ text, labels, metadata }));
    expect(sorted(got.map(({ text, labels, metadata }) => ({ text, labels, metadata })))).toEqual(
      sorted(parts),
    );
    // A line that has no time gets that of its reading, which is not for the stand-in to know.
    const timed = expected.filter(({ text }) => text.includes('"time"'));
    expect(got.filter(({ text }) => text.includes('"time"')).map(({ timeMs }) => timeMs)).toEqual(
      timed.map(({ timeMs }) => timeMs),
    );
  });
});

interface Received {
  readonly text: string;
  readonly timeMs: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
}

async function startLoki(dir: string): Promise<string> {
  const [port, grpc] = [await freePort(), await freePort()];
  const config = join(dir, "loki.yaml");
  const text = readFileSync("stack/loki/loki.yaml", "utf8")
    .replaceAll(": /loki", `: ${join(dir, "loki")}`)
    .replaceAll(": /etc/loki/rules", `: ${join(dir, "rules")}`)
    .replace("http_listen_port: 3100", `http_listen_port: ${port}\n  http_listen_address: 127.0.0.1`)
    .replace("grpc_listen_port: 9095", `grpc_listen_port: ${grpc}`);
  writeFileSync(config, text);
  const url = `http://127.0.0.1:${port}`;
  const args = [`-config.file=${config}`];
  running.push(
    await start({ program: loki ?? "", args, readyUrl: `${url}/ready`, log: join(dir, "loki.txt") }),
  );
  return url;
}

async function startAlloy(dir: string, logs: string, lokiUrl: string): Promise<void> {
  const config = join(dir, "config.alloy");
  const text = readFileSync("stack/alloy/config.alloy", "utf8")
    .replace("/var/log/services", logs)
    .replace("http://loki:3100", lokiUrl);
  writeFileSync(config, text);
  const args = ["run", `--storage.path=${join(dir, "alloy")}`, "--disable-reporting", config];
  const env = { DEPLOYMENT_ENVIRONMENT_NAME: "demo" };
  const log = join(dir, "alloy.txt");
  // Loki, which is ready, stands for both: Alloy has done what it is to do once the lines are there.
  running.push(await start({ program: alloy ?? "", args, env, readyUrl: `${lokiUrl}/ready`, log }));
}

/** What Loki holds, with structured metadata told from labels; what it adds of its own is left out. */
async function entriesOf(url: string): Promise<Received[]> {
  const parameters = new URLSearchParams({
    query: '{service_name=~".+"}',
    since: "1h",
    direction: "forward",
  });
  const { text } = await ask(`${url}/loki/api/v1/query_range?${parameters}`, {
    headers: { "x-loki-response-encoding-flags": "categorize-labels" },
  });
  const { data } = JSON.parse(text) as {
    data: {
      result: {
        stream: Record<string, string>;
        values: [string, string, { structuredMetadata?: Record<string, string> }][];
      }[];
    };
  };
  return data.result
    .flatMap(({ stream, values }) =>
      values.map(([time, line, { structuredMetadata: { detected_level: _, ...metadata } = {} }]) => ({
        text: line,
        timeMs: Number(BigInt(time) / 1_000_000n),
        labels: stream,
        metadata,
      })),
    )
    .sort((a, b) => a.timeMs - b.timeMs);
}

function sorted<T>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
