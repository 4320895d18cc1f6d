import { parseArgs } from "node:util";

/** What the demo was asked for. */
export interface Flags {
  /** Milliseconds of traffic; undefined until it is stopped. */
  readonly forMs: number | undefined;
  /** Requests a second in a steady phase. */
  readonly rate: number;
  /** What of the services' lines goes to standard output. */
  readonly lines: "sample" | "none" | "json";
  /** The shop's port; payments and the operations servers have theirs beside the usual ones. */
  readonly freePorts: boolean;
  readonly seed: number;
}

/** A flag that is unknown or wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const usage = `Two services that call each other, under real traffic, until Ctrl-C.

  npm run demo -- [flags]

  --for <time>      stop after this time and print a summary: 30s, 2m, 500ms
  --rate <number>   requests a second in a steady phase, 1 to 500 (default 20; a burst is four times that)
  --quiet           print no log lines
  --json            print every log line as it was written, and all else to standard error
  --free-ports      let the system choose all ports
  --seed <number>   the seed of all chance: latencies, failures, who asks for what
  --help            print this
`;

const options = {
  for: { type: "string" },
  rate: { type: "string", default: "20" },
  quiet: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  "free-ports": { type: "boolean", default: false },
  seed: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

/**
 * Read the command line.
 *
 * @returns "help" where that was asked for
 * @throws UsageError
 */
export function parseFlags(args: readonly string[]): Flags | "help" {
  const { values } = parse(args);
  if (values.help) return "help";
  if (values.quiet && values.json) throw new UsageError("--quiet and --json exclude each other");
  return {
    forMs: values.for === undefined ? undefined : parseTime(values.for),
    rate: parseWhole("--rate", values.rate, { min: 1, max: 500 }),
    lines: values.json ? "json" : values.quiet ? "none" : "sample",
    freePorts: values["free-ports"],
    seed:
      values.seed === undefined ? Date.now() : parseWhole("--seed", values.seed, { min: 0, max: 2 ** 32 }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options });
  } catch (error) {
    // Node's own text names the argument; its first sentence is the one that helps.
    throw new UsageError((error as Error).message.split(/\.\s/, 1)[0], { cause: error });
  }
}

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

function parseTime(text: string): number {
  const [, digits, unit] = /^(\d{1,6})(ms|s|m|h)$/.exec(text) ?? [];
  // The pattern allows these units only.
  const ms = Number(digits) * unitMs[(unit ?? "s") as keyof typeof unitMs];
  if (!(ms > 0)) throw new UsageError(`--for is "${text}"; it is a time with its unit: 30s, 2m, 500ms`);
  return ms;
}

function parseWhole(
  name: string,
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max))
    throw new UsageError(`${name} is "${text}"; it is a whole number from ${min} to ${max}`);
  return value;
}
