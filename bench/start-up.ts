import { startServer } from "./server-process.ts";
import { type Estimate, medianOf } from "./statistics.ts";

export interface StartUp {
  readonly name: string;
  /** From spawn until the server listens. */
  readonly listeningMs: Estimate;
  /** Loading what the variant imports, Express being loaded already. */
  readonly importMs: Estimate;
  readonly rssMegabytes: Estimate;
}

const RUNS = 9;

/** Start each variant several times, in turns. @throws when one can't start. */
export async function measureStartUp(names: readonly string[]): Promise<readonly StartUp[]> {
  const runs = names.map((name) => ({ name, starts: [] as Start[] }));
  for (let run = 0; run < RUNS; run++) {
    for (const { name, starts } of runs) starts.push(await startOnce(name));
  }
  return runs.map(({ name, starts }) => ({
    name,
    listeningMs: medianOf(starts.map(({ startMs }) => startMs)),
    importMs: medianOf(starts.map(({ importMs }) => importMs)),
    rssMegabytes: medianOf(starts.map(({ rssBytes }) => rssBytes / 1024 / 1024)),
  }));
}

interface Start {
  readonly startMs: number;
  readonly importMs: number;
  readonly rssBytes: number;
}

async function startOnce(name: string): Promise<Start> {
  const server = await startServer(name);
  const { rssBytes } = await server.usage();
  await server.stop();
  return { startMs: server.startMs, importMs: server.importMs, rssBytes };
}
