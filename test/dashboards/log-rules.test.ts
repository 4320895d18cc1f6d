import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  expandGlob,
  isCovered,
  lintRuleFile,
  mergeCoverage,
  runTestFile,
  testedAlerts,
} from "../../src/rules/index.ts";

const folder = "dashboards/alerts/loki";
const ruleFiles = expandGlob(`${folder}/*.yml`);
const reports = expandGlob(`${folder}/tests/*.test.yml`).map(runTestFile);

describe("the log alert rules", () => {
  it.each(reports)("pass the tests of $path", ({ problem, tests }) => {
    expect(problem).toBeUndefined();
    expect(tests.filter(({ failures }) => failures.length > 0)).toEqual([]);
  });

  it("are each seen firing and silent", () => {
    const coverage = mergeCoverage(reports.map((report) => report.coverage));
    expect(new Set(coverage.map(({ file }) => file))).toEqual(new Set(ruleFiles));
    expect(coverage.filter((rule) => !isCovered(rule))).toEqual([]);
  });

  it.each(ruleFiles)("give the lints nothing to find in %s", (path) => {
    const text = readFileSync(path, "utf8");
    expect(lintRuleFile(text, path, { tests: testedAlerts(path) })).toEqual([]);
  });

  it("are tested with a crash trace and a line that is no JSON in every file", () => {
    for (const { path } of reports) {
      const text = readFileSync(path, "utf8");
      expect(text, path).toMatch(/Error: .*(?:\n|\\n)\s+at /);
    }
  });
});
