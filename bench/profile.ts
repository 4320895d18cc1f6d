import { writeFileSync } from "node:fs";
import type { Profiler } from "node:inspector/promises";
import type { Progress } from "./measure.ts";
import { ask } from "./messages.ts";
import type { BenchOptions } from "./options.ts";
import { type Running, runRound, startWarm } from "./round.ts";
import { type SelfTime, selfTimes } from "./self-times.ts";
import { forkPiped, stopProcess } from "./server-process.ts";
import { findVariant } from "./variants.ts";

export interface ProfilePair {
  readonly own: readonly SelfTime[];
  readonly bare: readonly SelfTime[];
}

const ROUNDS = 40;

/**
 * Profile a warm variant in turns with bare Express, so that both see the same machine.
 * Writes the variant's profile to a file that Chrome's and VS Code's viewers open.
 */
export async function profileVariant(
  name: string,
  options: BenchOptions,
  report: { readonly file: string; readonly progress: Progress },
): Promise<ProfilePair> {
  const { connections, requests, warmUp } = options;
  const generator = forkPiped("load.js", []);
  const running: Running[] = [];
  try {
    for (const each of ["bare", name]) {
      report.progress(`warming up ${each}`);
      running.push(await startWarm(findVariant(each), generator, { requests: warmUp, connections }));
    }
    for (const { server } of running) await ask(server.child, "profile-start");
    for (let round = 1; round <= ROUNDS; round++) {
      report.progress(`profiling, round ${round}/${ROUNDS}`);
      for (const each of running) await runRound(each, generator, { requests, connections });
    }
    const profiles: Profiler.Profile[] = [];
    for (const { server } of running)
      profiles.push(await ask<Profiler.Profile>(server.child, "profile-stop"));
    writeFileSync(report.file, JSON.stringify(profiles.at(1)));
    const [bare = [], own = []] = profiles.map((profile) => selfTimes(profile, ROUNDS * requests));
    return { own, bare };
  } finally {
    await Promise.all([generator, ...running.map(({ server }) => server.child)].map(stopProcess));
  }
}
