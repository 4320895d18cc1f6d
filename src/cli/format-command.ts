import { existsSync, writeFileSync } from "node:fs";
import { LogqlError } from "../logql/index.ts";
import { displayPath, formatRuleFile, layout } from "../rules/index.ts";
import { type Command, type CommandArguments, type ExitCode, type Terminal, usageError } from "./command.ts";
import { readText, ruleFilesOf } from "./files.ts";

/** `taffrail fmt`: LogQL in its canonical form. */
export const formatCommand: Command = {
  name: "fmt",
  summary: "Format a LogQL query, or the queries of rule files.",
  usage: "EXPR | FILES… [--write | --check]",
  options: {
    write: { type: "boolean", short: "w", description: "Write the files back instead of printing them." },
    check: {
      type: "boolean",
      description: "Only name the files that would change, and exit with 1 if there are any.",
    },
  },
  notes: [
    "Of a file only the LogQL expressions change; comments and everything else stay as they are. An expression with a comment of its own is left alone.",
  ],
  examples: [
    [`taffrail fmt 'sum(rate({app="shop"}[60s]))by(level)'`, "Print the query in its canonical form."],
    ["taffrail fmt --check alerts/*.yml", "Fail when a rule file is not formatted."],
    ["taffrail fmt --write alerts/*.yml", "Format rule files in place."],
  ],
  run: formatAll,
};

async function formatAll(args: CommandArguments, { stdout }: Terminal): Promise<ExitCode> {
  const [first] = args.positionals;
  if (first === undefined) throw usageError("fmt needs a query or rule files");
  if (args.flag("write") && args.flag("check")) throw usageError("--write and --check exclude each other");
  if (!existsSync(first) && /[({]/.test(first)) return formatQuery(args.positionals, stdout);
  let changed = false;
  for (const path of ruleFilesOf(args.positionals)) {
    const before = readText(path);
    const after = formatFile(before, displayPath(path));
    changed ||= after !== before;
    if (args.flag("write")) {
      if (after !== before) writeFileSync(path, after);
    } else if (!args.flag("check")) stdout.write(after);
    else if (after !== before) stdout.write(`${displayPath(path)} is not formatted\n`);
  }
  return args.flag("check") && changed ? 1 : 0;
}

function formatQuery(positionals: readonly string[], stdout: Terminal["stdout"]): ExitCode {
  if (positionals.length > 1)
    throw usageError("fmt takes one query; quote it so that the shell keeps it together");
  try {
    stdout.write(`${layout(positionals[0] ?? "")}\n`);
    return 0;
  } catch (error) {
    if (error instanceof LogqlError) throw usageError(error.message, error);
    throw error;
  }
}

function formatFile(text: string, path: string): string {
  const { text: after, problems } = formatRuleFile(text, path);
  if (problems.length > 0) throw usageError(problems.join("\n"));
  return after;
}
