import { fstatSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expandGlob, isTestFile } from "../rules/index.ts";
import { usageError } from "./command.ts";

/** The files that the arguments name; each may be a pattern, of which folders are left out. A name that leads to none is an error. */
export function filesOf(patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => {
    if (pattern === "") throw usageError("an empty argument names no file");
    const found = expandGlob(pattern);
    const files = found.filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true);
    if (files.length > 0) return files;
    const isFolder = found.length > 0;
    throw usageError(
      isFolder
        ? `${pattern}: a folder; name files, such as '${join(pattern, "*")}'`
        : `${pattern}: no such file`,
    );
  });
}

/** The rule files among the files that the arguments name: the tests that stand beside them are left out. Tests alone are an error. */
export function ruleFilesOf(patterns: readonly string[]): string[] {
  const files = filesOf(patterns);
  const rules = files.filter((path) => !isTestFile(path));
  if (rules.length > 0) return rules;
  throw usageError(`${files.join(", ")}: a test file, no rule file; run it with "taffrail test"`);
}

/** The text of a file. */
export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw usageError(
      `${path}: can't be read: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
}

/** Refuse a folder as standard input, of which Node reads nothing without a word. */
export function checkStdin(): void {
  if (isFolder(0)) throw usageError("standard input is a folder; give it a file or a pipe");
}

function isFolder(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isDirectory();
  } catch {
    return false; // Closed, which is an empty input.
  }
}
