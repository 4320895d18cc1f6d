import { type Verdict, verdicts } from "./check.ts";
import { type BenchOptions, HELP, parseOptions } from "./options.ts";
import { profileVariants } from "./profile.ts";
import { profileReport } from "./profile-report.ts";
import { createProgress } from "./progress.ts";
import { report } from "./report.ts";
import { type BenchResult, runBench } from "./result.ts";

const progress = createProgress(process.stderr);

main().catch((failure: unknown) => {
  console.error(failure instanceof Error ? failure.message : failure);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(HELP);
  else await run(options);
}

async function run(options: BenchOptions): Promise<void> {
  await options.framework.prepare?.(progress);
  if (options.profile.length > 0) await profile(options);
  else await bench(options);
}

async function bench(options: BenchOptions): Promise<void> {
  const result = await runBench(options, progress);
  const outcome = verdicts(options.framework, result.costs);
  process.stdout.write(
    `${options.json ? JSON.stringify({ ...result, verdicts: outcome }) : text(result, outcome)}\n`,
  );
  if (options.check && outcome.some(({ met }) => !met)) process.exitCode = 1;
}

function text(result: BenchResult, outcome: readonly Verdict[]): string {
  return `\n${report(result)}\n\n${outcome.map(({ text }) => text).join("\n")}`;
}

async function profile(options: BenchOptions): Promise<void> {
  const names = [...options.profile.filter((name) => name !== "bare"), "bare"];
  const profiles = await profileVariants(names, options, progress);
  const files = profiles.map(({ file }) => file).join(", ");
  process.stdout.write(`\n${profileReport(profiles)}\n\nwritten: ${files}\n`);
}
