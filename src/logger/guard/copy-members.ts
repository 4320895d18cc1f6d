import { mask } from "../redaction/redaction.ts";
import { bigintText } from "./bigint-text.ts";
import { isHeaderName } from "./header-list.ts";
import { followsSecretName, isNamedSecret } from "./named-value.ts";
import type { Shaper } from "./shaper.ts";

type Entries = Iterable<readonly [unknown, unknown]>;

/** Copy an object's own properties, as many as there is room for. */
export function copyFields(value: object, shaper: Shaper): object {
  const copy: Record<string, unknown> = {};
  // V8 lists all keys before it gives one, whichever way it is asked; this is the cheapest.
  for (const key of Object.keys(value)) {
    if (shaper.isFull) break;
    if (key === "value" && isNamedSecret(value, shaper)) {
      copy[shaper.key(key)] = mask;
      continue;
    }
    copy[safeKey(shaper.key(key))] = shaper.field(key, shaper.read(value, key));
  }
  return copy;
}

/** Copy a Map's entries. */
export function copyEntries(entries: Entries, shaper: Shaper): object {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    if (shaper.isFull) break;
    const key = keyText(name);
    copy[safeKey(shaper.key(key))] = shaper.field(key, value);
  }
  return copy;
}

/** Copy headers: only those are shown that say how, not who. */
export function copyHeaders(entries: Entries, shaper: Shaper): object {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    if (shaper.isFull) break;
    const key = isHeaderName(name) ? name : mask;
    copy[safeKey(shaper.key(key))] = shaper.redaction.isShownHeader(key) ? shaper.value(value) : mask;
  }
  return copy;
}

/** Copy a list's or Set's items; at the end, what is left out is counted. */
export function copyItems(items: Iterable<unknown>, count: number, shaper: Shaper): unknown[] {
  const copy: unknown[] = [];
  let before: unknown;
  for (const item of items) {
    if (shaper.isFull) {
      copy.push(`…[${count - copy.length} more]`);
      break;
    }
    shaper.item();
    const isSecret = followsSecretName(before, count, shaper.redaction);
    copy.push(isSecret ? mask : (shaper.value(item) ?? null));
    before = item;
  }
  return copy;
}

/** Assigning to this name would set the prototype. */
function safeKey(key: string): string {
  return key === "__proto__" ? "[__proto__]" : key;
}

/** A Map's key: an object is named, as its own text may be of any length. */
function keyText(name: unknown): string {
  if (typeof name === "bigint") return bigintText(name);
  const isObject = (typeof name === "object" && name !== null) || typeof name === "function";
  return isObject ? Object.prototype.toString.call(name) : String(name);
}
