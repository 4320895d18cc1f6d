/** Headers given as a list: pairs, `{ name, value }` as HAR has them, or names and values in turn as Node's `rawHeaders`. */
export function* headerList(list: readonly unknown[]): Generator<readonly [string, unknown]> {
  for (let at = 0; at < list.length; at++) {
    const item = list[at];
    if (typeof item !== "object" || item === null) yield [String(item), list[++at]];
    else if (Array.isArray(item)) yield [String(item[0]), item[1]];
    else {
      const { name, value } = item as { readonly name?: unknown; readonly value?: unknown };
      yield [String(name), value];
    }
  }
}
