import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { expandGlob } from "../../src/rules/index.ts";
import { runTool, toolPath } from "../stack/tools.ts";

const promtool = toolPath("promtool");
const files = expandGlob("dashboards/alerts/prometheus/*.yml");
const testOf = (path: string): string =>
  path.replace(/([^/]+)\.yml$/, (_, name: string) => `tests/${name}.test.yml`);

interface Rule {
  readonly alert?: string;
}
interface AlertCase {
  readonly alertname: string;
  readonly exp_alerts: readonly unknown[];
}

/** The alerts that a test file has a case for which expects some to fire, or none. */
function tested(path: string, fires: boolean): string[] {
  const { tests } = parse(readFileSync(testOf(path), "utf8")) as {
    readonly tests: readonly { readonly alert_rule_test: readonly AlertCase[] }[];
  };
  const cases = tests.flatMap((test) => test.alert_rule_test);
  return cases.filter((each) => each.exp_alerts.length > 0 === fires).map((each) => each.alertname);
}

describe.each(files)("%s", (path) => {
  const { groups } = parse(readFileSync(path, "utf8")) as {
    readonly groups: readonly { readonly rules: readonly Rule[] }[];
  };
  const alerts = groups.flatMap((group) => group.rules).flatMap((rule) => rule.alert ?? []);

  it.skipIf(!promtool)("passes promtool's check", () => {
    expect(runTool(promtool ?? "", ["check", "rules", path])).toMatchObject({ code: 0 });
  });

  it.skipIf(!promtool)(`passes its unit tests: ${basename(testOf(path))}`, () => {
    const { code, output } = runTool(promtool ?? "", ["test", "rules", testOf(path)]);
    expect(output).toContain("SUCCESS");
    expect(code).toBe(0);
  });

  it("has a firing case for every alert, and a silent one for all but the heartbeat, which never is silent", () => {
    expect([...new Set(tested(path, true))].sort()).toEqual([...alerts].sort());
    const silent = alerts.filter((name) => name !== "Watchdog");
    expect([...new Set(tested(path, false))].sort()).toEqual(silent.sort());
  });
});
