import { writeFileSync } from "node:fs";
import type { Profiler } from "node:inspector/promises";
import type { Progress } from "./measure.ts";
import { ask } from "./messages.ts";
import type { BenchOptions } from "./options.ts";
import { type Running, runRound, SETTLING_ROUNDS, startWarm } from "./round.ts";
import { type SelfTime, selfTimes } from "./self-times.ts";
import { forkPiped, stopProcess } from "./server-process.ts";
import { findVariant } from "./variants.ts";

/** Where one variant's time goes. */
export interface VariantProfile {
  readonly name: string;
  readonly times: readonly SelfTime[];
  /** The file the profile was written to; Chrome's and VS Code's viewers open it. */
  readonly file: string;
}

const ROUNDS = 40;

/** Profile warm variants in turns, so that all of them see the same machine. */
export async function profileVariants(
  names: readonly string[],
  options: BenchOptions,
  progress: Progress,
): Promise<readonly VariantProfile[]> {
  const { connections, requests, warmUp, framework } = options;
  const generator = forkPiped("load.js", []);
  const running: Running[] = [];
  try {
    for (const name of names) {
      progress(`warming up ${name}`);
      running.push(
        await startWarm(findVariant(framework.variants, name), generator, { requests: warmUp, connections }),
      );
    }
    const turn = async (): Promise<void> => {
      for (const each of running) await runRound(each, generator, { requests, connections });
    };
    progress("settling");
    for (let round = 1; round <= SETTLING_ROUNDS; round++) await turn();
    for (const { server } of running) await ask(server.child, "profile-start");
    for (let round = 1; round <= ROUNDS; round++) {
      progress(`profiling, round ${round}/${ROUNDS}`);
      await turn();
    }
    const profiles: VariantProfile[] = [];
    for (const each of running) profiles.push(await takeProfile(each, ROUNDS * requests));
    return profiles;
  } finally {
    await Promise.all([generator, ...running.map(({ server }) => server.child)].map(stopProcess));
  }
}

async function takeProfile({ variant, server }: Running, requests: number): Promise<VariantProfile> {
  const profile = await ask<Profiler.Profile>(server.child, "profile-stop");
  const file = `${variant.name}.cpuprofile`;
  writeFileSync(file, JSON.stringify(profile));
  return { name: variant.name, times: selfTimes(profile, requests), file };
}
