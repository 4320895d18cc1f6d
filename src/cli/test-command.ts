import { writeFileSync } from "node:fs";
import { isCovered, mergeCoverage, runTestFile } from "../rules/index.ts";
import { type Command, type CommandArguments, type ExitCode, type Terminal, usageError } from "./command.ts";
import { coverageText } from "./coverage-text.ts";
import { filesOf } from "./files.ts";
import { junitReport } from "./junit.ts";
import { testFileText } from "./test-text.ts";

/** `taffrail test`: run unit tests of log alert rules. */
export const testCommand: Command = {
  name: "test",
  summary: "Run unit tests of log alert rules.",
  usage: "FILES… [--junit FILE] [--json] [--coverage]",
  options: {
    junit: { type: "string", value: "FILE", description: "Also write a JUnit report to FILE." },
    json: { type: "boolean", description: "Print the reports as JSON." },
    coverage: {
      type: "boolean",
      description: "List each rule's cases; fail where a firing or a silent one is missing.",
    },
  },
  notes: [
    "The file format is promtool's, with log streams in place of series: see docs/rule-tests.md of the package.",
  ],
  examples: [
    ["taffrail test alerts/checkout.test.yml", "Run the tests of one file."],
    [
      "taffrail test 'alerts/*.test.yml' --coverage",
      "Run all, and demand a firing and a silent case for every rule.",
    ],
    ["taffrail test alerts/*.test.yml --junit report.xml", "Run all, and leave a report for the CI server."],
  ],
  run: runTests,
};

async function runTests(args: CommandArguments, { stdout, stderr }: Terminal): Promise<ExitCode> {
  if (args.positionals.length === 0) throw usageError("test needs at least one test file");
  const reports = filesOf(args.positionals).map(runTestFile);
  const coverage = mergeCoverage(reports.map((report) => report.coverage));
  const junit = args.text("junit");
  if (junit !== undefined) writeReport(junit, junitReport(reports));
  if (args.flag("json")) stdout.write(`${JSON.stringify({ files: reports, coverage }, null, 2)}\n`);
  else {
    for (const report of reports) stdout.write(testFileText(report));
    stdout.write(coverageText(coverage, { all: args.flag("coverage") }));
  }
  if (reports.some(({ problem }) => problem !== undefined)) stderr.write("some files could not be run\n");
  const failed = reports.some(({ problem, tests }) => problem !== undefined || tests.some(hasFailures));
  const uncovered = args.flag("coverage") && !coverage.every(isCovered);
  return failed || uncovered ? 1 : 0;
}

function hasFailures({ failures }: { readonly failures: readonly unknown[] }): boolean {
  return failures.length > 0;
}

function writeReport(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw usageError(
      `--junit ${path}: can't be written: ${error instanceof Error ? error.message : error}`,
      error,
    );
  }
}
