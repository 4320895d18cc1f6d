import { readFileSync } from "node:fs";
import { TaffrailError } from "../errors.ts";
import { type Command, CommandArguments, type ExitCode, type Terminal } from "./command.ts";
import { devCommand } from "./dev/dev-command.ts";
import { formatCommand } from "./format-command.ts";
import { commandHelp, programHelp } from "./help.ts";
import { lintCommand } from "./lint-command.ts";
import { queryCommand } from "./query/query-command.ts";
import { checkCommand } from "./stack/check/check-command.ts";
import { testAlertCommand } from "./stack/delivery/test-alert-command.ts";
import { initCommand } from "./stack/init/init-command.ts";
import { testCommand } from "./test-command.ts";

const commands: readonly Command[] = [
  devCommand,
  testCommand,
  lintCommand,
  queryCommand,
  formatCommand,
  initCommand,
  checkCommand,
  testAlertCommand,
];

/** Run the command line and give its exit code. */
export async function runProgram(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name = "", ...rest] = argv;
  if (name === "" || name === "--help" || name === "-h" || name === "help")
    return showHelp(rest[0], name, terminal);
  if (name === "--version") return print(`${version()}\n`, terminal);
  const command = commands.find((known) => known.name === name);
  if (!command)
    return refuse(`no command ${JSON.stringify(name)}; there are ${names()}`, "taffrail --help", terminal);
  try {
    const args = new CommandArguments(command, rest);
    return args.flag("help") ? print(commandHelp(command), terminal) : await command.run(args, terminal);
  } catch (error) {
    if (!(error instanceof TaffrailError)) throw error;
    const hint = error.code === "ERR_TAFFRAIL_CLI_USAGE" ? `taffrail ${name} --help` : undefined;
    return refuse(error.message, hint, terminal);
  }
}

function showHelp(topic: string | undefined, asked: string, terminal: Terminal): ExitCode {
  const command = commands.find((known) => known.name === topic);
  if (asked !== "") return print(command ? commandHelp(command) : programHelp(commands), terminal);
  terminal.stderr.write(programHelp(commands));
  return 2;
}

function print(text: string, terminal: Terminal): ExitCode {
  terminal.stdout.write(text);
  return 0;
}

function refuse(message: string, hint: string | undefined, terminal: Terminal): ExitCode {
  terminal.stderr.write(`taffrail: ${message}\n${hint ? `See: ${hint}\n` : ""}`);
  return 2;
}

function names(): string {
  return commands.map((command) => command.name).join(", ");
}

function version(): string {
  // Three folders up from dist/src/cli, two from src/cli.
  for (const up of ["../../../package.json", "../../package.json"]) {
    try {
      const { version: found } = JSON.parse(readFileSync(new URL(up, import.meta.url), "utf8")) as {
        version: string;
      };
      return found;
    } catch {
      // Not there: built and unbuilt code lie at different depths.
    }
  }
  return "unknown";
}
