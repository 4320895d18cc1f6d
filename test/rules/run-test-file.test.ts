import { renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Failure, runTestFile, type TestFileReport } from "../../src/rules/index.ts";
import { edit, folder } from "../support/cli.ts";

const example = "test/rules/example";
const rules = "alerts/checkout.yml";

/** Run the example with its rule, or its test, changed. */
function broken(file: string, from: string, to: string): TestFileReport {
  const path = folder(example);
  edit(join(path, file), from, to);
  return runTestFile(join(path, "checkout.test.yml"));
}

function failures(report: TestFileReport): readonly Failure[] {
  return report.tests.flatMap((test) => test.failures);
}

describe("a test file", () => {
  it.each([
    "test/rules/example/checkout.test.yml",
    "test/rules/formats/plain.test.yml",
    "test/rules/formats/extended.test.yml",
  ])("%s passes", (path) => {
    const report = runTestFile(path);
    expect(report.problem).toBeUndefined();
    expect(failures(report)).toEqual([]);
    expect(report.tests.length).toBeGreaterThan(0);
  });

  it.each([
    ["repeat: 72", "repeat: 1e9", "an input stream has at most 1000000 lines, not 1000000001: see repeat"],
    [
      "interval: 15s",
      "start_timestamp: .nan",
      "start_timestamp must be seconds since 1970 or an RFC 3339 time, not NaN",
    ],
    [
      "interval: 15s",
      "start_timestamp: 1e300",
      "start_timestamp must be seconds since 1970 or an RFC 3339 time, not 1e+300",
    ],
    [
      "eval_time: 7m",
      "eval_time: 100y",
      "eval_time 100y is more than 1000000 times the evaluation_interval of 1m",
    ],
  ])("that would never end is refused: %s as %s", (from, to, problem) => {
    expect(broken("checkout.test.yml", from, to).problem).toContain(problem);
  });

  it("may stand beside its rules: a pattern that names both loads the rules alone", () => {
    const path = folder(example);
    const test = join(path, "alerts/checkout.test.yml");
    renameSync(join(path, "checkout.test.yml"), test);
    edit(test, "alerts/*.yml", '"*.yml"');
    expect(runTestFile(test)).toMatchObject({
      problem: undefined,
      coverage: [{ name: "High5xx", firing: true }],
    });
  });

  it("with a pattern that YAML takes for an alias says to quote it", () => {
    expect(broken("checkout.test.yml", "[alerts/*.yml]", "[*.yml]").problem).toContain(
      "rule_files[] must be text, not the alias *.yml, which names nothing: quote a text that begins with *",
    );
  });

  it("sees its rule firing and silent", () => {
    expect(runTestFile("test/rules/example/checkout.test.yml").coverage).toMatchObject([
      { name: "High5xx", firing: true, silent: true },
    ]);
  });

  it("fails when the expression no longer finds the lines", () => {
    expect(failures(broken(rules, ">= 500", ">= 600"))).toMatchObject([
      {
        kind: "alert",
        alertname: "High5xx",
        timeMs: 420_000,
        expected: [{ labels: { alertname: "High5xx", severity: "page", http_route: "/pay" } }],
        got: [],
        notes: [expect.stringContaining("gave no sample")],
      },
    ]);
  });

  it("fails when the alert waits too long, and says that it is pending", () => {
    const [failure] = failures(broken(rules, "for: 2m", "for: 20m"));
    expect(failure).toMatchObject({
      got: [],
      notes: [expect.stringContaining("1 pending; the rule waits for 20m")],
    });
  });

  it("fails when the annotation reads otherwise", () => {
    const [failure] = failures(broken(rules, "$labels.http_route", "$labels.route"));
    expect(failure).toMatchObject({ got: [{ annotations: { summary: " is failing" } }] });
  });

  it("fails when the alert fires too early", () => {
    const changed = broken(
      "checkout.test.yml",
      "eval_time: 1m, exp_alerts: []",
      "eval_time: 6m, exp_alerts: []",
    );
    expect(failures(changed)).toMatchObject([{ kind: "alert", timeMs: 360_000, expected: [] }]);
  });

  it("fails when a crash trace makes the query fail, names the rule, and freezes its state", () => {
    const found = failures(
      broken(rules, '| http_response_status_code >= 500 | __error__=""', '| http_route!="/a"'),
    );
    expect(found).toMatchObject([
      { kind: "error", timeMs: 180_000, message: expect.stringContaining("JSONParserErr") },
      { kind: "alert", got: [], notes: [expect.stringContaining("pending")] },
    ]);
  });

  it("fails on an alert that no rule file has, even where none is expected", () => {
    expect(
      failures(broken("checkout.test.yml", "High5xx, eval_time: 1m", "Hihg5xx, eval_time: 1m")),
    ).toMatchObject([
      { kind: "alert", alertname: "Hihg5xx", notes: ["no rule file has an alert of this name"] },
    ]);
  });

  it("compares values to the last bit unless told to be fuzzy", () => {
    const expected = 'exp_samples: [{labels: "{}", value: 0.30000000000000004}]';
    const test = `{expr: 'vector(0.3)', eval_time: 5m, ${expected}}`;
    const exact = (fuzzy: string): number => {
      const path = folder(example);
      const file = join(path, "checkout.test.yml");
      edit(file, "logql_expr_test:", `logql_expr_test:\n      - ${test}`);
      edit(file, "fuzzy_compare: true", `fuzzy_compare: ${fuzzy}`);
      return failures(runTestFile(file)).length;
    };
    expect([exact("true"), exact("false")]).toEqual([0, 1]);
  });
});

describe("a test file that can't be run says why", () => {
  it.each([
    ["rule_files: [alerts/*.yml]", "rule_files: [none/*.yml]", "rule_files: none/*.yml matches no file"],
    [
      "interval: 15s",
      "interval: 15",
      'checkout.test.yml:6: test "a 5xx burst pages, and a crash trace does not silence it": interval must be a duration like 30s, 5m or 1h30m, not 15',
    ],
    [
      "lines:",
      "line:",
      "unknown key line in an input stream; allowed: labels, structured_metadata, lines, entries",
    ],
    [
      "input_streams:",
      "input_series: []\n    input_streams:",
      'input_series tests Prometheus rules: run this file with "promtool test rules"',
    ],
    ["repeat: 72", "repeat: -1", "repeat must be a whole number, not -1"],
    ["json: { level: error", "line: x, json: { level: error", "an entry has either line or json"],
    [
      "labels: '{service_name=\"checkout\"}'",
      "labels: '{service_name=~\"checkout\"}'",
      "labels take only =, not =~",
    ],
    [
      "exp_empty: true",
      "exp_empty: true, exp_samples: [{labels: '{}', value: 1}]",
      "exp_empty contradicts exp_samples",
    ],
    ["eval_time: 1m, ", "", "a test case needs eval_time"],
    ["tests:", "tests: {}\nother:", "unknown key other in a test file"],
    ["- name:", "- name: [", "checkout.test.yml:"],
    ["tests:\n", "tests: []\n", "checkout.test.yml:"],
  ])("%s", (from, to, message) => {
    const report = broken("checkout.test.yml", from, to);
    expect(report.problem).toContain(message);
    expect(report.tests).toEqual([]);
  });

  it("a file that is not there", () => {
    expect(runTestFile("test/rules/none.test.yml").problem).toContain("can't be read");
  });
});
