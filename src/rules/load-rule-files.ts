import { readFileSync } from "node:fs";
import { basename, dirname, isAbsolute, relative, resolve } from "node:path";
import { expandGlob } from "./glob.ts";
import { isTestFile } from "./is-test-file.ts";
import { parseRuleFile } from "./parse-rule-file.ts";
import type { Problem } from "./problem.ts";
import type { RuleFile } from "./rule-file.ts";

/**
 * Load the rule files a test file names, in order, each once. A pattern that matches no file is a problem, and so is a
 * file of PromQL rules.
 */
export function loadRuleFiles(
  patterns: readonly string[],
  options: { readonly testFile: string; readonly problems: Problem[] },
): RuleFile[] {
  const folder = dirname(resolve(options.testFile));
  const report = (message: string): void => {
    options.problems.push({ file: options.testFile, line: 1, where: "rule_files", message });
  };
  const paths = new Set<string>();
  for (const pattern of patterns) {
    // A pattern names the tests beside the rules too.
    const found = expandGlob(resolve(folder, pattern)).filter(
      (path) => pattern.endsWith(basename(path)) || !isTestFile(path),
    );
    if (found.length === 0) report(`${pattern} matches no file`);
    for (const path of found) paths.add(path);
  }
  return [...paths].map((path) => {
    const { file, problems } = parseRuleFile(readFileSync(path, "utf8"), displayPath(path));
    options.problems.push(...problems);
    if (file.language === "promql") report(`${file.path} holds PromQL: test it with "promtool test rules"`);
    return file;
  });
}

/** A path as people read it: relative to where they stand, unless that leads far away. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? path : short;
}
