import { describe, expect, it } from "vitest";
import { cli } from "../../support/cli.ts";
import { freePort } from "../../support/free-port.ts";

// With the parts running: test/stack/live, by `npm run test:stack`.
describe("where no part of the stack answers", () => {
  it("taffrail check says so of each part, and fails", async () => {
    const url = `http://user:secret@127.0.0.1:${await freePort()}`;
    const parts = ["loki", "prometheus", "alertmanager"].flatMap((part) => [`--${part}`, url]);
    const { code, stdout } = cli(["check", "shop", "--no-grafana", ...parts]);
    expect(code).toBe(1);
    expect(stdout).toContain("FAILED   Prometheus    targets are up: ");
    expect(stdout).toContain("did not answer: ");
    expect(stdout).toContain("0 ok, 7 failed");
    expect(stdout).not.toContain("secret");
    const json = cli(["check", "--no-grafana", "--json", ...parts]);
    expect(
      (JSON.parse(json.stdout) as { findings: { state: string }[] }).findings.map(({ state }) => state),
    ).toEqual(Array.from({ length: 7 }, () => "failed"));
  });

  it("taffrail test-alert names the hop, and asks no further", async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { code, stdout } = cli(["test-alert", "--loki", url, "--timeout", "1"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^FAILED +\d+\.\d s {2}a line is pushed to Loki: .*did not answer: .*\. Is Loki there/,
    );
    expect(stdout.match(/^not reached/gm)).toHaveLength(4);
    expect(stdout).toContain("\nnot delivered\n");
  });
});

describe("what is asked wrongly", () => {
  it.each([
    [["check", "--loki", "loki:3100"], "--loki is not the URL of a server: expected http://HOST:PORT"],
    [["check", "--rules", "test/rules/formats/rules.yml"], "its folder must be called loki or prometheus"],
    [["check", "--rules", "nowhere/*.yml"], "nowhere/*.yml: no such file"],
    [
      ["test-alert", "--timeout", "soon"],
      "--timeout soon: expected a whole number of seconds from 1 to 3600",
    ],
    [["test-alert", "shop"], 'test-alert takes no "shop"'],
  ])("%s", (args, message) => {
    const { code, stderr } = cli(args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
