import { parseArgs } from "node:util";
import { FRAMEWORKS, type Framework, findFramework } from "./frameworks.ts";
import { SETTLING_ROUNDS } from "./round.ts";
import { findVariant } from "./variants.ts";

export interface BenchOptions {
  readonly framework: Framework;
  readonly json: boolean;
  readonly check: boolean;
  readonly help: boolean;
  readonly rounds: number;
  readonly requests: number;
  readonly warmUp: number;
  readonly processes: number;
  readonly connections: number;
  readonly only: readonly string[];
  readonly profile: readonly string[];
}

export const HELP = `npm run bench -- [flags]

Measures the CPU time one request costs with taffrail, and with what else there is, above the bare framework.

  --framework X    ${FRAMEWORKS.map(({ name }) => name).join(", ")} (default express)
  --requests N     requests a round (default: ${FRAMEWORKS.map(({ name, requests }) => `${name} ${requests}`).join(", ")})
  --rounds N       measured rounds for each generation of processes (default 20)
  --processes N    generations of fresh processes (default 5)
  --warm-up N      requests before a process's first round (default 30000); ${SETTLING_ROUNDS} rounds then pass unmeasured
  --connections N  keep-alive connections of the load (default 20)
  --only a,b       only these variants, and bare: those of a framework are
${FRAMEWORKS.map(({ name, variants }) => `                     ${name}: ${variants.map((variant) => variant.name).join(", ")}`).join("\n")}
  --profile a,b    instead: CPU profiles of these variants beside bare's; writes NAME.cpuprofile
  --check          exit 1 when taffrail costs more than it may
  --json           print figures as JSON
  --help           print this
`;

/** Read the command line. @throws on an unknown flag, variant or number. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      framework: { type: "string", default: "express" },
      json: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      rounds: { type: "string", default: "20" },
      requests: { type: "string" },
      "warm-up": { type: "string", default: "30000" },
      processes: { type: "string", default: "5" },
      connections: { type: "string", default: "20" },
      only: { type: "string" },
      profile: { type: "string" },
    },
  });
  const framework = findFramework(values.framework);
  return {
    framework,
    json: values.json,
    check: values.check,
    help: values.help,
    rounds: parseCount("--rounds", values.rounds),
    requests: parseCount("--requests", values.requests ?? String(framework.requests)),
    warmUp: parseCount("--warm-up", values["warm-up"]),
    processes: parseCount("--processes", values.processes),
    connections: parseCount("--connections", values.connections),
    only: parseNames(framework, values.only),
    profile: parseNames(framework, values.profile),
  };
}

function parseCount(flag: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`${flag} needs a whole number above 0, not "${text}"`);
}

function parseNames({ variants }: Framework, text: string | undefined): readonly string[] {
  return (text?.split(",") ?? []).map((name) => findVariant(variants, name).name);
}
