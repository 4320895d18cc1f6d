/** Build a test for paths in a list; an entry that ends in `*` stands for all that begin so. */
export function createPathList(entries: readonly string[]): (path: string) => boolean {
  // No Set: to be looked up in one, each request's path would have to be hashed; other lengths than theirs are told at once.
  const exact = entries.filter((entry) => !entry.endsWith("*"));
  const prefixes = entries.filter((entry) => entry.endsWith("*")).map((entry) => entry.slice(0, -1));
  return (path) =>
    exact.includes(path) || (prefixes.length > 0 && prefixes.some((prefix) => path.startsWith(prefix)));
}
