import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { type InstalledSize, ownSize, packagesSize } from "./installed-size.ts";
import { type LogSpeed, measureLogLines } from "./log-lines.ts";
import { type Measured, measure, type Progress } from "./measure.ts";
import type { BenchOptions } from "./options.ts";
import { type Cost, costs } from "./overhead.ts";
import { measureStartUp, type StartUp } from "./start-up.ts";
import type { Variant } from "./variants.ts";

/** All that one run found out; what `--json` prints. */
export interface BenchResult {
  readonly machine: Machine;
  readonly options: BenchOptions;
  readonly costs: readonly Cost[];
  readonly failures: readonly Failed[];
  readonly rounds: readonly Measured[];
  readonly logLines: readonly LogSpeed[];
  readonly startUp: readonly StartUp[];
  readonly installed: readonly InstalledSize[];
}

export interface Machine {
  readonly node: string;
  readonly cpu: string;
  readonly cpus: number;
  /** Load averages before and after the run: what else the machine was doing. */
  readonly loadBefore: number;
  readonly loadAfter: number;
}

export interface Failed {
  readonly name: string;
  readonly failure: string;
}

const LINES_PER_TURN: readonly number[] = [1, 20];

/** Run the whole benchmark; with `only`, or on another framework than Express, just the cost of variants. A part that can't run says so. */
export async function runBench(options: BenchOptions, progress: Progress): Promise<BenchResult> {
  const [loadBefore] = loadavg();
  const failures: Failed[] = [];
  const attempt = async <T>(name: string, act: () => Promise<readonly T[]>): Promise<readonly T[]> => {
    if (options.only.length > 0 || options.framework.name !== "express") return [];
    progress(name);
    return act().catch((failure: unknown) => {
      failures.push({ name, failure: failure instanceof Error ? failure.message : String(failure) });
      return [];
    });
  };

  const rounds = await measure(chosen(options), options, progress);
  for (const { variant, failure } of rounds) {
    if (failure !== undefined) failures.push({ name: variant.name, failure });
  }
  const logLines: LogSpeed[] = [];
  for (const linesPerTurn of LINES_PER_TURN) {
    const name = `log lines, ${linesPerTurn} a turn`;
    logLines.push(...(await attempt(name, () => measureLogLines(["kit", "pino"], linesPerTurn))));
  }
  const startUp = await attempt("start-up", () => measureStartUp(["bare", "kit", "do-it-yourself"]));
  const installed = await attempt("installed size", async () => installedSizes());
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? "unknown",
    cpus: cpus().length,
    loadBefore: loadBefore ?? 0,
    loadAfter: loadavg()[0] ?? 0,
  };
  return { machine, options, costs: costs(rounds), failures, rounds, logLines, startUp, installed };
}

function chosen({ framework: { variants }, only }: BenchOptions): readonly Variant[] {
  return only.length === 0 ? variants : variants.filter(({ name }) => name === "bare" || only.includes(name));
}

function installedSizes(): readonly InstalledSize[] {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const doItYourself = ["pino-http", "express-prom-bundle", "prom-client", "uuid"];
  return [ownSize(root), packagesSize(doItYourself, root)];
}
