/** The value at a path of keys in an answer; undefined where there is none. */
export function at(value: unknown, ...keys: readonly (string | number)[]): unknown {
  // Any object can be asked for any key.
  return keys.reduce<unknown>(
    (found, key) => (Object(found) as Record<string | number, unknown>)[key],
    value,
  );
}

/** A list in an answer; none where it is something else. */
export function listAt(value: unknown, ...keys: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found : [];
}

/** A text in an answer; empty where it is something else. */
export function textAt(value: unknown, ...keys: readonly (string | number)[]): string {
  const found = at(value, ...keys);
  return typeof found === "string" ? found : "";
}
