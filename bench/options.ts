import { parseArgs } from "node:util";
import { findVariant, VARIANTS } from "./variants.ts";

export interface BenchOptions {
  readonly json: boolean;
  readonly check: boolean;
  readonly help: boolean;
  readonly rounds: number;
  readonly requests: number;
  readonly warmUp: number;
  readonly processes: number;
  readonly connections: number;
  readonly only: readonly string[];
  readonly profile: string | undefined;
}

export const HELP = `npm run bench -- [flags]

Measures the CPU time one request costs on Express 5 with taffrail, by hand, and with what else there is.

  --requests N     requests a round (default 500)
  --rounds N       measured rounds for each generation of processes (default 70)
  --processes N    generations of fresh processes (default 2)
  --warm-up N      requests before a process's first measured round (default 12000)
  --connections N  keep-alive connections of the load (default 20)
  --only a,b       only these variants, and bare: ${VARIANTS.map(({ name }) => name).join(", ")}
  --profile NAME   instead: a CPU profile of this variant beside bare's; writes NAME.cpuprofile
  --check          exit 1 when taffrail costs more than it may
  --json           print figures as JSON
  --help           print this
`;

/** Read the command line. @throws on an unknown flag, variant or number. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      rounds: { type: "string", default: "70" },
      requests: { type: "string", default: "500" },
      "warm-up": { type: "string", default: "12000" },
      processes: { type: "string", default: "2" },
      connections: { type: "string", default: "20" },
      only: { type: "string" },
      profile: { type: "string" },
    },
  });
  return {
    json: values.json,
    check: values.check,
    help: values.help,
    rounds: parseCount("--rounds", values.rounds),
    requests: parseCount("--requests", values.requests),
    warmUp: parseCount("--warm-up", values["warm-up"]),
    processes: parseCount("--processes", values.processes),
    connections: parseCount("--connections", values.connections),
    only: (values.only?.split(",") ?? []).map((name) => findVariant(name).name),
    profile: values.profile === undefined ? undefined : findVariant(values.profile).name,
  };
}

function parseCount(flag: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`${flag} needs a whole number above 0, not "${text}"`);
}
