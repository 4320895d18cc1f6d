import { types } from "node:util";
import { copyEntries, copyFields, copyHeaders, copyItems } from "./copy-members.ts";
import { headerList, isHeaders, isHeadersObject } from "./header-list.ts";
import { knownKind } from "./known-kind.ts";
import type { Shaper } from "./shaper.ts";

/** Copy an object as its kind is best told, a `toJSON` of its own included. Throws what its traps and getters throw. */
export function copyObject(value: object, key: string | undefined, shaper: Shaper): unknown {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    if (Array.isArray(value)) {
      return isHeaders(key) ? copyHeaders(headerList(value), shaper) : copyItems(value, value.length, shaper);
    }
    if (types.isMap(value)) {
      return isHeaders(key) ? copyHeaders(value.entries(), shaper) : copyEntries(value.entries(), shaper);
    }
    if (types.isSet(value)) return copyItems(value.values(), value.size, shaper);
    const kind = knownKind(value);
    if (kind) return shaper.value(kind.as, key);
    if (isHeadersObject(value)) return copyHeaders(value, shaper);
  }
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === "function") {
    const json: unknown = toJSON.call(value, key ?? "");
    return json === value ? copyFields(value, shaper) : shaper.value(json, key);
  }
  return isHeaders(key) ? copyHeaders(Object.entries(value), shaper) : copyFields(value, shaper);
}
