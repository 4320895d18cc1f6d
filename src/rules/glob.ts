import { existsSync, readdirSync } from "node:fs";
import { join, parse } from "node:path";

/** The files that a pattern names, in order: `*`, `?` and `[a-z]` stand for characters of one part of the path. */
export function expandGlob(pattern: string): string[] {
  const { root } = parse(pattern);
  const parts = pattern
    .slice(root.length)
    .split(/[/\\]/)
    .filter((part) => part !== "");
  let found = [root === "" ? "." : root];
  for (const part of parts) found = found.flatMap((folder) => members(folder, part));
  return found;
}

function members(folder: string, part: string): string[] {
  if (!/[*?[]/.test(part)) return existsSync(join(folder, part)) ? [join(folder, part)] : [];
  const matches = new RegExp(`^${part.replace(/\[!?[^\]]*\]|[\s\S]/g, translate)}$`);
  return names(folder)
    .filter((name) => matches.test(name) && (part.startsWith(".") || !name.startsWith(".")))
    .sort()
    .map((name) => join(folder, name));
}

function translate(piece: string): string {
  if (piece === "*") return "[^/]*";
  if (piece === "?") return "[^/]";
  if (piece.length > 1) return piece.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
  return piece.replace(/[.+^${}()|[\]\\]/g, "\\$&");
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // Not a folder, so nothing in it matches.
  }
}
