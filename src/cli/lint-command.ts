import {
  displayPath,
  FieldTable,
  type FieldType,
  type Finding,
  lintRuleFile,
  testedAlerts,
} from "../rules/index.ts";
import { type Command, type CommandArguments, type ExitCode, type Terminal, usageError } from "./command.ts";
import { readText, ruleFilesOf } from "./files.ts";

/** `taffrail lint`: what is likely wrong with rule files. */
export const lintCommand: Command = {
  name: "lint",
  summary: "Find what is likely wrong with alert and recording rules.",
  usage: "FILES… [--field NAME:TYPE]… [--no-tests] [--json]",
  options: {
    field: {
      type: "string",
      multiple: true,
      value: "NAME:TYPE",
      description: "A field of your own lines; TYPE is string, number, integer or array. May be repeated.",
    },
    "no-tests": { type: "boolean", description: "Do not look for the tests of each rule." },
    json: { type: "boolean", description: "Print the findings as JSON." },
  },
  notes: ["Each lint and how to silence it: docs/lints.md of the package."],
  examples: [
    ["taffrail lint alerts/*.yml", "Lint all rule files."],
    [
      "taffrail lint alerts/*.yml --field tenant:string --field cart_total:number",
      "Rules that use fields of your own.",
    ],
  ],
  run: lint,
};

async function lint(args: CommandArguments, { stdout }: Terminal): Promise<ExitCode> {
  if (args.positionals.length === 0) throw usageError("lint needs at least one rule file");
  const fields = new FieldTable(new Map(args.texts("field").map(parseField)));
  const findings = ruleFilesOf(args.positionals).flatMap((path) => {
    const tests = args.flag("no-tests") ? {} : { tests: testedAlerts(path) };
    return lintRuleFile(readText(path), displayPath(path), { fields, ...tests });
  });
  if (args.flag("json")) stdout.write(`${JSON.stringify({ findings }, null, 2)}\n`);
  else stdout.write(findings.map(findingText).join("") + summary(findings, args.positionals.length));
  return findings.length > 0 ? 1 : 0;
}

const types: readonly string[] = ["string", "number", "integer", "array"];

function parseField(text: string): [string, FieldType] {
  const [name = "", type = "", ...rest] = text.split(":");
  if (!/^[A-Za-z_]\w*$/.test(name) || rest.length > 0 || !types.includes(type)) {
    throw usageError(`--field ${text}: expected NAME:TYPE with TYPE one of ${types.join(", ")}`);
  }
  // Checked against the list above.
  return [name, type as FieldType];
}

function findingText({ file, line, severity, code, where, message }: Finding): string {
  return `${file}:${line}: ${severity} ${code}: ${where === "" ? "" : `${where}: `}${message}\n`;
}

function summary(findings: readonly Finding[], patterns: number): string {
  if (findings.length === 0) return patterns === 1 ? "No findings\n" : "No findings in any file\n";
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const counts = `${counted(errors, "error")}, ${counted(findings.length - errors, "warning")}`;
  return `${counted(findings.length, "finding")}: ${counts}; docs/lints.md explains each\n`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
