import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { expandGlob } from "../glob.ts";

/** Which cases the test files beside a rule file hold for each alert or recorded series, by name. */
export type TestedAlerts = ReadonlyMap<string, { readonly firing: boolean; readonly silent: boolean }>;

/**
 * Read the test files beside a rule file that load it: `*.test.yml` and `*_test.yml`, of promtool too, in its folder,
 * in a folder `tests` there, and one folder up.
 */
export function testedAlerts(ruleFile: string): TestedAlerts {
  const path = resolve(ruleFile);
  const folder = dirname(path);
  const tested = new Map<string, { firing: boolean; silent: boolean }>();
  for (const place of [folder, join(folder, "tests"), dirname(folder)]) {
    for (const name of ["*.test.yml", "*.test.yaml", "*_test.yml", "*_test.yaml"]) {
      for (const file of expandGlob(join(place, name))) addCases(file, path, tested);
    }
  }
  return tested;
}

function addCases(
  file: string,
  ruleFile: string,
  tested: Map<string, { firing: boolean; silent: boolean }>,
): void {
  const content = readYaml(file);
  const loads = list(content?.["rule_files"]).some((pattern) =>
    expandGlob(resolve(dirname(file), String(pattern))).includes(ruleFile),
  );
  if (!loads) return;
  for (const group of list(content?.["tests"]).map(mapping)) {
    for (const test of list(group["alert_rule_test"]).map(mapping)) {
      note(tested, String(test["alertname"]), list(test["exp_alerts"]).length > 0);
    }
    for (const test of list(group["recording_rule_test"]).map(mapping)) {
      note(tested, String(test["record"]), list(test["exp_samples"]).length > 0);
    }
  }
}

function note(tested: Map<string, { firing: boolean; silent: boolean }>, name: string, fires: boolean): void {
  const seen = tested.get(name) ?? { firing: false, silent: false };
  seen[fires ? "firing" : "silent"] = true;
  tested.set(name, seen);
}

function readYaml(file: string): Record<string, unknown> | undefined {
  try {
    return mapping(parse(readFileSync(file, "utf8")));
  } catch {
    return undefined; // `taffrail test` says what is wrong with it.
  }
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function mapping(value: unknown): Record<string, unknown> {
  // Any object can be asked for any key.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
