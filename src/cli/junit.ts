import type { Failure, TestFileReport, TestReport } from "../rules/index.ts";
import { failureText } from "./test-text.ts";

/** The reports as JUnit XML, which CI servers read: a suite for each file, a case for each test. */
export function junitReport(reports: readonly TestFileReport[]): string {
  const suites = reports.map(suite).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="taffrail test">\n${suites}</testsuites>\n`;
}

function suite({ path, problem, tests, durationMs }: TestFileReport): string {
  const failed = tests.filter(({ failures }) => failures.length > 0).length;
  const errors = problem === undefined ? 0 : 1;
  const count = `tests="${tests.length + errors}" failures="${failed}" errors="${errors}"`;
  const cases =
    problem === undefined
      ? tests.map((test, i) => testCase(path, test, i)).join("")
      : `    <testcase name="load" classname="${escapeXml(path)}">\n${body("error", problem)}    </testcase>\n`;
  return `  <testsuite name="${escapeXml(path)}" ${count} time="${seconds(durationMs)}">\n${cases}  </testsuite>\n`;
}

function testCase(path: string, { name, failures, durationMs }: TestReport, index: number): string {
  const title = escapeXml(name === "" ? `test ${index + 1}` : name);
  const head = `    <testcase name="${title}" classname="${escapeXml(path)}" time="${seconds(durationMs)}"`;
  if (failures.length === 0) return `${head}/>\n`;
  return `${head}>\n${failures.map((failure: Failure) => body("failure", failureText(failure))).join("")}    </testcase>\n`;
}

function body(kind: "failure" | "error", text: string): string {
  const [first = ""] = text.split("\n");
  return `      <${kind} message="${escapeXml(first)}">${escapeXml(text)}</${kind}>\n`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function escapeXml(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]/gu, "\ufffd").replace(/[&<>"]/g, (char) => entities[char] ?? char);
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
