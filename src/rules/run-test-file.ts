import { readFileSync } from "node:fs";
import { CoverageLog } from "./coverage.ts";
import { displayPath, loadRuleFiles } from "./load-rule-files.ts";
import { parseTestFile } from "./parse-test-file.ts";
import { type Problem, problemText } from "./problem.ts";
import { runTestGroup } from "./run-test-group.ts";
import type { TestFileReport } from "./test-report.ts";

/** Run every test of a test file. Never throws for what the file or its rules hold: the report says it. */
export function runTestFile(path: string): TestFileReport {
  const began = performance.now();
  const problems: Problem[] = [];
  const file = readTestFile(path, problems);
  const rules = file ? loadRuleFiles(file.ruleFiles, { testFile: file.path, problems }) : [];
  if (!file || problems.length > 0) {
    return failed(displayPath(path), problems.map(problemText).join("\n"), performance.now() - began);
  }
  const coverage = new CoverageLog(rules);
  const tests = file.tests.map((group) => runTestGroup(group, { file, rules, coverage }));
  return {
    path: file.path,
    problem: undefined,
    tests,
    coverage: coverage.result(),
    durationMs: performance.now() - began,
  };
}

function readTestFile(path: string, problems: Problem[]): ReturnType<typeof parseTestFile> {
  const file = displayPath(path);
  try {
    return parseTestFile(readFileSync(path, "utf8"), file, problems);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    problems.push({ file, line: 1, where: "", message: `can't be read: ${error.message}` });
    return undefined;
  }
}

function failed(path: string, problem: string, durationMs: number): TestFileReport {
  return { path, problem, tests: [], coverage: [], durationMs };
}
