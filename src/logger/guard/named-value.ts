import type { Redaction } from "../redaction/redaction.ts";
import type { Shaper } from "./shaper.ts";

/** Tell a secret by the name beside it: `{ name: "DB_PASSWORD", value }`, as containers' environments, forms and HAR have it; some say `key`. */
export function isNamedSecret(pair: object, shaper: Shaper): boolean {
  const isSecret = (name: unknown): boolean => typeof name === "string" && shaper.redaction.isSecret(name);
  return isSecret(shaper.read(pair, "name")) || isSecret(shaper.read(pair, "key"));
}

/** Tell a secret by the item before it, in a pair (`Object.entries`) or behind a command's flag (`["--password", "x"]`). */
export function followsSecretName(before: unknown, count: number, redaction: Redaction): boolean {
  if (typeof before !== "string" || (count !== 2 && !before.startsWith("-"))) return false;
  return redaction.isSecret(before);
}
