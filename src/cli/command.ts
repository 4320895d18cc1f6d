import { parseArgs } from "node:util";
import { TaffrailError } from "../errors.ts";

/** What a command may touch. Findings go to stdout, progress and problems to stderr. */
export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

export interface CommandOption {
  readonly type: "boolean" | "string";
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for the value in the help: `FILE`, `DURATION`. */
  readonly value?: string;
  readonly description: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What follows the name on the first line of the help: `FILES… [options]`. */
  readonly usage: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Command lines with what each does. */
  readonly examples: readonly (readonly [line: string, effect: string])[];
  /** Paragraphs between the options and the examples. */
  readonly notes?: readonly string[];
  /** What its exit code says, where it is not what those of the others say. */
  readonly exitCodes?: string;
  /** Run, and give the exit code. */
  readonly run: (args: CommandArguments, terminal: Terminal) => Promise<ExitCode>;
}

/** 0: all is well. 1: a test failed, or something was found. 2: the command could not do its work. Of `dev`, what its command ended with. */
export type ExitCode = number;

/** The arguments of a command, checked against its options. */
export class CommandArguments {
  readonly positionals: readonly string[];
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(command: Command, argv: readonly string[]) {
    const { values, positionals } = parseStrictly(command, argv);
    this.#values = values;
    this.positionals = positionals;
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === "string" ? value : undefined;
  }

  texts(name: string): readonly string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value : [];
  }
}

/** An error in how the command line was called: shown with a hint at the help, exit code 2. */
export function usageError(message: string, cause?: unknown): TaffrailError {
  return new TaffrailError("ERR_TAFFRAIL_CLI_USAGE", message, { cause });
}

function parseStrictly(
  command: Command,
  argv: readonly string[],
): { values: Record<string, unknown>; positionals: string[] } {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, short, multiple }]) => [
      name,
      { type, ...(short ? { short } : {}), ...(multiple ? { multiple } : {}) },
    ]),
  );
  const help = { help: { type: "boolean", short: "h" } } as const;
  try {
    return parseArgs({ args: [...argv], options: { ...options, ...help }, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const allowed = Object.keys(command.options).map((name) => `--${name}`);
    const [first = ""] = error.message.split(/\.\s/);
    const dashed = /^Option '(?:-\w, )?(--[\w-]+).*' argument is ambiguous/.exec(first)?.[1];
    if (dashed !== undefined)
      throw usageError(`${dashed} needs a value; one that begins with - is written ${dashed}=-…`, error);
    throw usageError(`${first}. taffrail ${command.name} takes ${[...allowed, "--help"].join(", ")}`, error);
  }
}
