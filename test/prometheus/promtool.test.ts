import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { expandGlob } from "../../src/rules/index.ts";
import { runPromtoolFile } from "./promtool-test.ts";

const own = "test/prometheus/promtool/holds.test.yml";
const files = [own, ...expandGlob("dashboards/alerts/prometheus/tests/*.test.yml")];
const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;

/** Whether promtool says that every case of a file holds. */
function holdsForPromtool(path: string): boolean {
  return spawnSync("promtool", ["test", "rules", path]).status === 0;
}

/** The file with one change, in a folder of its own. */
function changed(path: string, [from, to]: readonly [string, string]): string {
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${path} lacks ${from}`);
  const copy = join(mkdtempSync(join(tmpdir(), "promtool-")), "changed.test.yml");
  writeFileSync(
    copy,
    text.replace(from, to).replace("rules.yml", resolve("test/prometheus/promtool/rules.yml")),
  );
  return copy;
}

describe("unit tests of Prometheus rules", () => {
  it.each(files)("hold by this engine: %s", (path) => {
    expect(runPromtoolFile(path)).toEqual([]);
  });

  it.runIf(hasPromtool).each(files)("hold by promtool: %s", (path) => {
    expect(execFileSync("promtool", ["test", "rules", path], { encoding: "utf8" })).toContain("SUCCESS");
  });

  it.runIf(hasPromtool).each([
    ["25%", "26%"],
    ["eval_time: 10m\n        alertname: Errors", "eval_time: 9m\n        alertname: Errors"],
    ["eval_time: 10m\n        alertname: Errors", "eval_time: 8m\n        alertname: Errors"],
    ["eval_time: 26m", "eval_time: 19m"],
    ["eval_time: 26m", "eval_time: 21m"],
    ["eval_time: 7m", "eval_time: 9m"],
    ["0.925", "0.95"],
    ["value: 2 }", "value: 3 }"],
    ["0+1x80", "0+2x80"],
    ["0x19 0+10x40 stale", "0x80"],
    ["0+30x80", "0+30x20 _x20 0+30x40"],
    ["0+30x80", "0+30x20 0+30x60"],
  ])("have promtool's verdict when %j becomes %j", (from, to) => {
    const path = changed(own, [from, to]);
    expect(runPromtoolFile(path).length === 0).toBe(holdsForPromtool(path));
  });
});
