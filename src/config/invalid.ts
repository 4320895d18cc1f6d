import { TaffrailError } from "../errors.ts";
import type { Kind } from "./kinds.ts";
import type { Setting } from "./settings.ts";

/** The error for a value that a setting does not allow: where it stands, what it is, what may stand there. */
export function invalidValue(where: string, value: unknown, setting: Setting): TaffrailError {
  const { secret = false, kind } = setting;
  const [at, wrong] = wrongItem(where, value, kind) ?? [where, value];
  return new TaffrailError(
    "ERR_TAFFRAIL_CONFIG_INVALID",
    `${at} is ${describe(wrong, secret)}; allowed: ${kind.allowed}`,
  );
}

/** Of a list, the first item that is not allowed and where it stands. */
function wrongItem(where: string, value: unknown, { acceptsItem }: Kind): [string, unknown] | undefined {
  if (!acceptsItem || !Array.isArray(value)) return undefined;
  const index = value.findIndex((item) => !acceptsItem(item));
  return [`${where}[${index}]`, value[index]];
}

/** The error for a name that no setting has, with the nearest one that exists. */
export function unknownName(where: string, known: readonly string[]): TaffrailError {
  const nearest = closest(where, known);
  const hint = nearest === undefined ? `; known: ${known.join(", ")}` : `; did you mean ${nearest}?`;
  return new TaffrailError("ERR_TAFFRAIL_CONFIG_INVALID", `${where} is not known${hint}`);
}

function describe(value: unknown, secret: boolean): string {
  if (typeof value === "string") {
    // A long value may be anything, a secret pasted into the wrong variable included.
    return secret || value.length > 40 ? `text of ${value.length} characters` : JSON.stringify(value);
  }
  if (typeof value === "number" || typeof value === "boolean") return secret ? typeof value : String(value);
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `of type ${typeof value}`;
}

function closest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, name.length / 4) ? best.candidate : undefined;
}

// Levenshtein's distance by rows; names are short, so its square cost is nothing.
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, charA] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, charB] of Array.from(b).entries()) {
      const replaced = (row[j] ?? 0) + (charA === charB ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
