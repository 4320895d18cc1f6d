import type { Entry } from "../labels/entry.ts";

/** Write a key found in a line as a label name: other characters become `_`, and a leading digit gets one before it. */
export function sanitizeLabelName(key: string): string {
  const trimmed = key.trim();
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(trimmed)) return trimmed;
  const clean = trimmed.replace(/[^A-Za-z0-9_]/gu, "_");
  return /^[0-9]/.test(clean) ? `_${clean}` : clean;
}

/** Write the key of a nested member: after its parents' keys, it may start with a digit. */
export function sanitizeNestedName(prefix: string, key: string): string {
  return prefix + key.trim().replace(/[^A-Za-z0-9_]/gu, "_");
}

/** The name under which a parsed label is kept: one that the entry already bears gives way. */
export function parsedLabelName(entry: Entry, name: string): string {
  return entry.isBase(name) ? `${name}_extracted` : name;
}
