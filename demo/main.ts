import { type Flags, parseFlags, UsageError, usage } from "./flags.ts";
import { runDemo } from "./run.ts";

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const flags: Flags | "help" = parseFlags(args);
    if (flags !== "help") return (await runDemo(flags)) ? 0 : 1;
    process.stdout.write(usage);
    return 0;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    if (!(error instanceof UsageError)) return 1;
    process.stderr.write("npm run demo -- --help lists the flags.\n");
    return 2;
  }
}
