import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { cli, edit, folder } from "../support/cli.ts";

/** The example of docs/rule-tests.md as files: its first two YAML blocks are the rules and their test. */
function documented(): string {
  const page = readFileSync("docs/rule-tests.md", "utf8");
  const [rules = "", test = ""] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text);
  const path = folder();
  mkdirSync(join(path, "alerts"));
  writeFileSync(join(path, "alerts/checkout.yml"), rules);
  writeFileSync(join(path, "checkout.test.yml"), test);
  return path;
}

/** The console blocks of the page, each without its first line, the command. */
function shownOutputs(): string[] {
  const page = readFileSync("docs/rule-tests.md", "utf8");
  return [...page.matchAll(/```console\n\$[^\n]*\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
}

describe("taffrail test", () => {
  it("prints what its page shows, for the example and for the example broken on purpose", () => {
    const cwd = documented();
    const [success, failure] = shownOutputs();
    expect(cli(["test", "checkout.test.yml"], { cwd })).toEqual({ code: 0, stdout: success, stderr: "" });
    edit(join(cwd, "alerts/checkout.yml"), ">= 500", ">= 600");
    expect(cli(["test", "checkout.test.yml"], { cwd })).toEqual({ code: 1, stdout: failure, stderr: "" });
  });

  it("takes several files and patterns", () => {
    const { code, stdout } = cli([
      "test",
      "test/rules/formats/*.test.yml",
      "test/rules/example/checkout.test.yml",
    ]);
    expect(code).toBe(0);
    expect(stdout.match(/SUCCESS/g)).toHaveLength(3);
    expect(stdout).toContain("Coverage: 3 of 3 rules");
  });

  it("with --coverage fails for a rule that is never seen silent, and lists every rule", () => {
    const cwd = documented();
    edit(join(cwd, "checkout.test.yml"), "      - {alertname: High5xx, eval_time: 1m, exp_alerts: []}\n", "");
    expect(cli(["test", "checkout.test.yml"], { cwd }).code).toBe(0);
    const { code, stdout } = cli(["test", "checkout.test.yml", "--coverage"], { cwd });
    expect([code, stdout]).toEqual([
      1,
      expect.stringContaining("High5xx  no silent case   alerts/checkout.yml:4\n"),
    ]);
  });

  it("with --json gives reports a program can read", () => {
    const cwd = documented();
    edit(join(cwd, "alerts/checkout.yml"), "for: 2m", "for: 20m");
    const { code, stdout } = cli(["test", "checkout.test.yml", "--json"], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      files: [
        { path: "checkout.test.yml", tests: [{ cases: 3, failures: [{ kind: "alert", timeMs: 420_000 }] }] },
      ],
      coverage: [{ name: "High5xx", firing: false, silent: true }],
    });
  });

  it("with --junit leaves a report for CI servers", () => {
    const cwd = documented();
    edit(join(cwd, "alerts/checkout.yml"), "is failing", "is <failing> & slow");
    cli(["test", "checkout.test.yml", "--junit", "report.xml"], { cwd });
    const report = readFileSync(join(cwd, "report.xml"), "utf8");
    expect(report).toContain('<testsuite name="checkout.test.yml" tests="1" failures="1" errors="0"');
    expect(report).toContain('<testcase name="a 5xx burst pages, and a crash trace does not silence it"');
    expect(report).toContain("/pay is &lt;failing&gt; &amp; slow");
  });

  it("says what is wrong with a rule file, where, and exits with 1", () => {
    const cwd = documented();
    edit(join(cwd, "alerts/checkout.yml"), "for: 2m", "for: 2 minutes");
    const { code, stdout } = cli(["test", "checkout.test.yml"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain(
      'alerts/checkout.yml:9: group "checkout", rule "High5xx": for must be a duration like 30s, 5m or 1h30m, not "2 minutes"',
    );
  });

  it("fails for a file without tests, and for a broken one in few words", () => {
    const cwd = folder();
    writeFileSync(join(cwd, "empty.test.yml"), "");
    writeFileSync(join(cwd, "lines.test.yml"), '{"level":"info"}\n'.repeat(500));
    const { code, stdout } = cli(["test", "*.test.yml"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain("empty.test.yml:1: a test file needs tests\n");
    expect(stdout.split("\n").filter((line) => line.includes("lines.test.yml:"))).toHaveLength(3);
  });

  it("ends with what it found when nobody reads the rest", () => {
    const script = 'set -o pipefail; node "$0" test none.test.yml other.test.yml | true; echo $?';
    const cwd = folder();
    for (const name of ["none", "other"]) writeFileSync(join(cwd, `${name}.test.yml`), "a: 1\n".repeat(9));
    const { stdout } = spawnSync("bash", ["-c", script, resolve("dist/src/cli/main.js")], {
      cwd,
      encoding: "utf8",
    });
    expect(stdout).toBe("1\n");
  });

  it.each([
    [["test"], "taffrail: test needs at least one test file\nSee: taffrail test --help\n"],
    [["test", "none.yml"], "taffrail: none.yml: no such file\nSee: taffrail test --help\n"],
    [
      ["test", "--junit"],
      "taffrail: Option '--junit <value>' argument missing. taffrail test takes --junit, --json, --coverage, --help\nSee: taffrail test --help\n",
    ],
    [
      ["test", "a.yml", "--verbose"],
      "taffrail: Unknown option '--verbose'. taffrail test takes --junit, --json, --coverage, --help\nSee: taffrail test --help\n",
    ],
    [
      ["test", "test/rules/example/checkout.test.yml", "--junit", "none/report.xml"],
      "taffrail: --junit none/report.xml: can't be written: ENOENT: no such file or directory, open 'none/report.xml'\nSee: taffrail test --help\n",
    ],
  ])("called wrongly, %j, says so and exits with 2", (args, stderr) => {
    expect(cli(args)).toEqual({ code: 2, stdout: "", stderr });
  });
});
