import type { ChildProcess } from "node:child_process";
import type { BenchOptions } from "./options.ts";
import { finish, type Round, type Running, runRound, SETTLING_ROUNDS, startWarm } from "./round.ts";
import { forkPiped, stopProcess } from "./server-process.ts";
import type { Variant } from "./variants.ts";

/** One variant's figures. */
export interface Measured {
  readonly variant: Variant;
  readonly rounds: Round[];
  readonly rssBytes: number[];
  /** Why the variant was dropped: its figures then are of no use. */
  failure?: string;
}

export type Progress = (message: string) => void;

/** Measure all variants in several generations of fresh processes, since no two processes are compiled alike. */
export async function measure(
  variants: readonly Variant[],
  options: BenchOptions,
  progress: Progress,
): Promise<readonly Measured[]> {
  const results = variants.map((variant): Measured => ({ variant, rounds: [], rssBytes: [] }));
  const generator = forkPiped("load.js", []);
  try {
    for (let generation = 1; generation <= options.processes; generation++) {
      const say: Progress = (message) => progress(`processes ${generation}/${options.processes}, ${message}`);
      await new Generation(results, generator, options, say).run((generation - 1) * options.rounds);
    }
  } finally {
    await stopProcess(generator);
  }
  return results;
}

class Generation {
  readonly #results: readonly Measured[];
  readonly #generator: ChildProcess;
  readonly #options: BenchOptions;
  readonly #progress: Progress;
  readonly #running = new Map<Measured, Running>();

  constructor(
    results: readonly Measured[],
    generator: ChildProcess,
    options: BenchOptions,
    progress: Progress,
  ) {
    this.#results = results.filter(({ failure }) => failure === undefined);
    this.#generator = generator;
    this.#options = options;
    this.#progress = progress;
  }

  /** Measure the rounds after this number. */
  async run(roundsBefore: number): Promise<void> {
    const { rounds } = this.#options;
    try {
      await this.#warmUp();
      await this.#settle();
      for (let round = 1; round <= rounds; round++) {
        this.#progress(`round ${round}/${rounds}`);
        await this.#round(roundsBefore + round);
      }
      await this.#finish();
    } finally {
      await Promise.all([...this.#running.values()].map(({ server }) => server.stop()));
    }
  }

  async #warmUp(): Promise<void> {
    const { warmUp: requests, connections } = this.#options;
    for (const measured of this.#results) {
      this.#progress(`warming up ${measured.variant.name}`);
      await this.#attempt(measured, async () => {
        const running = await startWarm(measured.variant, this.#generator, { requests, connections });
        this.#running.set(measured, running);
      });
    }
  }

  async #settle(): Promise<void> {
    for (let round = 1; round <= SETTLING_ROUNDS; round++) {
      this.#progress(`settling ${round}/${SETTLING_ROUNDS}`);
      for (const [measured, running] of this.#running) {
        await this.#attempt(measured, async () => {
          await runRound(running, this.#generator, this.#options);
        });
      }
    }
  }

  /** Every other round goes through the variants backwards, so that a drift of the machine cancels out. */
  async #round(number: number): Promise<void> {
    const due = [...this.#running].filter(([{ variant }]) => number % (variant.everyRounds ?? 1) === 0);
    for (const [measured, running] of number % 2 === 0 ? due : due.toReversed()) {
      await this.#attempt(measured, async () => {
        measured.rounds.push(await runRound(running, this.#generator, this.#options, number));
      });
    }
  }

  async #finish(): Promise<void> {
    for (const [measured, running] of this.#running) {
      await this.#attempt(measured, async () => {
        measured.rssBytes.push((await finish(running)).rssBytes);
      });
    }
  }

  /** A variant that fails is reported by its name and leaves the run; the others go on. */
  async #attempt(measured: Measured, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (failure) {
      measured.failure = failure instanceof Error ? failure.message : String(failure);
      await this.#running.get(measured)?.server.stop();
      this.#running.delete(measured);
    }
  }
}
