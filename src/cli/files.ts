import { readFileSync } from "node:fs";
import { expandGlob } from "../rules/index.ts";
import { usageError } from "./command.ts";

/** The files that the arguments name; each may be a pattern. A name that leads to none is an error. */
export function filesOf(patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => {
    const found = expandGlob(pattern);
    if (found.length === 0) throw usageError(`${pattern}: no such file`);
    return found;
  });
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
