import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli, edit, folder } from "../support/cli.ts";

const rules = "alerts/checkout.yml";

describe("taffrail lint", () => {
  it("names file, line, lint and rule, and exits with 1", () => {
    expect(cli(["lint", rules], { cwd: folder("test/rules/example") })).toEqual({
      code: 1,
      stdout:
        'alerts/checkout.yml:4: warning missing-runbook: group "checkout", rule "High5xx": the alert has no annotation runbook_url\n' +
        "1 finding: 0 errors, 1 warning; docs/lints.md explains each\n",
      stderr: "",
    });
  });

  it("finds nothing in a good file, and exits with 0", () => {
    const cwd = folder("test/rules/example");
    edit(
      join(cwd, rules),
      "        annotations:\n",
      "        annotations:\n          runbook_url: https://example.com\n",
    );
    expect(cli(["lint", rules], { cwd })).toEqual({ code: 0, stdout: "No findings\n", stderr: "" });
  });

  it("finds a rule whose test was taken away, unless told not to look", () => {
    const cwd = folder("test/rules/example");
    writeFileSync(join(cwd, "checkout.test.yml"), "rule_files: []\ntests: []\n");
    expect(cli(["lint", rules], { cwd }).stdout).toContain("untested-rule");
    expect(cli(["lint", rules, "--no-tests"], { cwd }).stdout).not.toContain("untested-rule");
  });

  it("leaves out the tests that stand beside the rules, and says so of tests alone", () => {
    const cwd = folder("test/rules/example");
    writeFileSync(join(cwd, "alerts/checkout.test.yml"), "rule_files: [checkout.yml]\ntests: []\n");
    expect(cli(["lint", "alerts/*.yml"], { cwd })).toEqual(cli(["lint", rules], { cwd }));
    expect(cli(["lint", "alerts/checkout.test.yml"], { cwd })).toEqual({
      code: 2,
      stdout: "",
      stderr:
        'taffrail: alerts/checkout.test.yml: a test file, no rule file; run it with "taffrail test"\nSee: taffrail lint --help\n',
    });
  });

  it("takes the user's own fields, and gives JSON", () => {
    const cwd = folder("test/rules/example");
    edit(join(cwd, rules), "| http_response_status_code >= 500", "| cart_total >= 500");
    const codes = (...args: string[]): string[] =>
      JSON.parse(cli(["lint", rules, "--json", ...args], { cwd }).stdout).findings.map(
        (one: { code: string }) => one.code,
      );
    expect(codes()).toEqual(["missing-runbook", "unknown-field"]);
    expect(codes("--field", "cart_total:number")).toEqual(["missing-runbook"]);
    expect(codes("--field", "cart_total:string")).toEqual(["missing-runbook", "numeric-filter-on-string"]);
  });

  it.each([
    [["lint"], "lint needs at least one rule file"],
    [
      ["lint", "x.yml", "--field", "a"],
      "--field a: expected NAME:TYPE with TYPE one of string, number, integer, array",
    ],
    [["lint", "x.yml"], "x.yml: no such file"],
  ])("called wrongly, %j, says so and exits with 2", (args, message) => {
    expect(cli(args)).toEqual({
      code: 2,
      stdout: "",
      stderr: `taffrail: ${message}\nSee: taffrail lint --help\n`,
    });
  });

  it("has a section on its page for every lint", () => {
    const page = readFileSync("docs/lints.md", "utf8");
    const linked = [...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, code]) => code);
    expect(linked.length).toBeGreaterThan(8);
    for (const code of linked) expect(page).toContain(`\n## ${code}\n`);
  });
});
