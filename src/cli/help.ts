import type { Command, CommandOption } from "./command.ts";

/** The help of one command. */
export function commandHelp(command: Command): string {
  const rows = Object.entries(command.options).map(([name, option]): [string, string] => [
    optionText(name, option),
    option.description,
  ]);
  rows.push(["-h, --help", "Show this text."]);
  return [
    `${command.summary}`,
    "",
    `Usage: taffrail ${command.name} ${command.usage}`,
    "",
    "Options:",
    ...columns(rows),
    ...(command.notes ?? []).flatMap((note) => ["", note]),
    "",
    "Examples:",
    ...command.examples.flatMap(([line, effect]) => [`  ${line}`, `      ${effect}`]),
    "",
    command.exitCodes ?? exitCodes,
    "",
  ].join("\n");
}

/** The help of the program. */
export function programHelp(commands: readonly Command[]): string {
  return [
    "Watch, test, lint and query logs with LogQL, on this machine.",
    "",
    "Usage: taffrail COMMAND …",
    "",
    "Commands:",
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    "",
    "Options:",
    ...columns([
      ["-h, --help", "Show this text; after a command, the help of that command."],
      ["--version", "Show the version."],
    ]),
    "",
    exitCodes,
    "",
  ].join("\n");
}

const exitCodes =
  "Exit codes: 0 all is well; 1 a test failed or something was found; 2 the command could not do its work.";

function optionText(name: string, { short, value, type }: CommandOption): string {
  const flag = `${short ? `-${short}, ` : ""}--${name}`;
  return type === "string" ? `${flag} ${value ?? "VALUE"}` : flag;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
