import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createTwoFilesPatch } from "diff";
import { TaffrailError } from "../../../errors.ts";

/** A file as it is and as it is to be. */
export interface Change {
  readonly path: string;
  readonly kind: "new" | "changed" | "unchanged";
  readonly before: string;
  readonly after: string;
}

/** What would change in a folder, were these files in it. */
export function changesOf(dir: string, files: ReadonlyMap<string, string>): readonly Change[] {
  return [...files].map(([name, after]) => {
    const path = join(dir, name);
    if (!existsSync(path)) return { path, kind: "new", before: "", after };
    const before = readFileSync(path, "utf8");
    return { path, kind: before === after ? "unchanged" : "changed", before, after };
  });
}

/** A change as a patch. */
export function patchOf({ path, before, after }: Change): string {
  return createTwoFilesPatch(path, path, before, after, "", "", { context: 3 });
}

/** @throws TaffrailError `ERR_TAFFRAIL_CLI_USAGE` where it can't be written */
export function write({ path, after }: Change): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, after);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TaffrailError("ERR_TAFFRAIL_CLI_USAGE", `${path}: can't be written: ${reason}`, { cause });
  }
}

/** Whether a change was, or would be, made. */
export function isWritten(change: Change, kept: readonly Change[]): boolean {
  return !kept.includes(change);
}
