import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cli } from "../support/cli.ts";

const commands = ["test", "lint", "query", "fmt"];

describe("taffrail", () => {
  it("without a command prints its help on stderr and exits with 2", () => {
    const { code, stdout, stderr } = cli([]);
    expect([code, stdout]).toEqual([2, ""]);
    for (const name of commands) expect(stderr).toContain(`  ${name} `);
  });

  it("refuses a command it does not know, naming those it does", () => {
    expect(cli(["tset"])).toEqual({
      code: 2,
      stdout: "",
      stderr:
        'taffrail: no command "tset"; there are dev, test, lint, query, fmt, init, check, test-alert\nSee: taffrail --help\n',
    });
  });

  it("prints the package's version", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(cli(["--version"]).stdout).toBe(`${version}\n`);
  });

  it.each(commands)("%s --help shows its options and examples, and docs/cli.md names each", (name) => {
    const { code, stdout, stderr } = cli([name, "--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`Usage: taffrail ${name} `);
    expect(stdout).toContain("Examples:");
    expect(stdout).toContain("Exit codes: 0");
    const page = readFileSync("docs/cli.md", "utf8");
    const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = ""]) => option);
    for (const option of options.filter((one) => one !== "--help")) expect(page).toContain(`\`${option}`);
    expect(cli(["help", name]).stdout).toBe(stdout);
  });
});
