import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli, folder } from "../support/cli.ts";

const before = `# our rules
groups:
  - name: shop   # the shop
    rules:
      - alert: A
        expr: sum(rate({app="shop"}[60s]))by(level)>1   # often
        for: 1m
      - record: b
        expr: >
          sum by (http_route) (count_over_time({service_name="shop"}
          |="error" | json | http_response_status_code>=500 | __error__="" [5m]))
      - alert: C
        expr: |
          # a comment stays
          count_over_time( {app="shop"}[5m]) > 1
`;

const after = `# our rules
groups:
  - name: shop   # the shop
    rules:
      - alert: A
        expr: sum by (level) (rate({app="shop"}[1m])) > 1   # often
        for: 1m
      - record: b
        expr: |
          sum by (http_route) (
            count_over_time(
              {service_name="shop"}
                |= "error"
                | json
                | http_response_status_code >= 500
                | __error__=""
              [5m]
            )
          )
      - alert: C
        expr: |
          # a comment stays
          count_over_time( {app="shop"}[5m]) > 1
`;

function fileWith(text: string): string {
  const path = join(folder(), "rules.yml");
  writeFileSync(path, text);
  return path;
}

describe("taffrail fmt", () => {
  it("keeps the line ends of the file, and its byte order mark", () => {
    const windows = (text: string): string => `\ufeff${text.replaceAll("\n", "\r\n")}`;
    const path = fileWith(windows(before));
    expect(cli(["fmt", "--write", path]).code).toBe(0);
    expect(readFileSync(path, "utf8")).toBe(windows(after));
  });

  it("prints a query in its canonical form", () => {
    expect(cli(["fmt", 'sum( rate({app="shop"}[60s]))by(level)'])).toEqual({
      code: 0,
      stdout: 'sum by (level) (rate({app="shop"}[1m]))\n',
      stderr: "",
    });
  });

  it("changes nothing of a rule file but its expressions", () => {
    const path = fileWith(before);
    expect(cli(["fmt", path]).stdout).toBe(after);
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  it("writes it back with --write, after which --check is content", () => {
    const path = fileWith(before);
    expect(cli(["fmt", "--check", path])).toEqual({
      code: 1,
      stdout: `${path} is not formatted\n`,
      stderr: "",
    });
    expect(cli(["fmt", "-w", path]).code).toBe(0);
    expect(readFileSync(path, "utf8")).toBe(after);
    expect(cli(["fmt", "--check", path])).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("leaves a file of PromQL as it is", () => {
    const text = "groups: [{name: g, rules: [{alert: A, expr: 'up{a=\"b\"}==0'}]}]\n";
    expect(cli(["fmt", fileWith(text)]).stdout).toBe(text);
  });

  it.each([
    [["fmt"], "fmt needs a query or rule files"],
    [
      ["fmt", "sum by (x"],
      'parse error at line 1, col 10: syntax error: unexpected end of query, expecting ")"',
    ],
    [["fmt", "a.yml"], "a.yml: no such file"],
    [["fmt", "a.yml", "--write", "--check"], "--write and --check exclude each other"],
  ])("called wrongly, %j, says so and exits with 2", (args, message) => {
    expect(cli(args)).toEqual({
      code: 2,
      stdout: "",
      stderr: `taffrail: ${message}\nSee: taffrail fmt --help\n`,
    });
  });
});
