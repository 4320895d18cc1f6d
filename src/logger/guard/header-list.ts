/** Tell whether a field of this name holds headers. */
export function isHeaders(key: string | undefined): boolean {
  return key !== undefined && /^(?:raw|req|request|res|response)?[._-]?headers$/i.test(key);
}

/** What HTTP allows as a header's name: anything else that stands where a name should may be a secret. */
export function isHeaderName(name: unknown): name is string {
  return typeof name === "string" && /^[\w!#$%&'*+.^`|~-]{1,128}$/.test(name);
}

/** Headers given as a list: pairs, `{ name, value }` as HAR has them, or names and values in turn as Node's `rawHeaders`. */
export function* headerList(list: readonly unknown[]): Generator<readonly [unknown, unknown]> {
  for (let at = 0; at < list.length; at++) {
    const item = list[at];
    if (typeof item !== "object" || item === null) yield [item, list[++at]];
    else if (Array.isArray(item)) yield [item[0], item[1]];
    else {
      const { name, value } = item as { readonly name?: unknown; readonly value?: unknown };
      yield [name, value];
    }
  }
}

/** fetch's, undici's and axios's; by their tag, as asking for the class would load Node's whole fetch. */
export function isHeadersObject(value: object): value is Iterable<[string, unknown]> {
  return /^\[object (?:Axios)?Headers\]$/.test(Object.prototype.toString.call(value));
}
