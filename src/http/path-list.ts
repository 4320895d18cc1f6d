/** Build a test for paths in a list; an entry that ends in `*` stands for all that begin so. */
export function createPathList(entries: readonly string[]): (path: string) => boolean {
  const exact = new Set(entries.filter((entry) => !entry.endsWith("*")));
  const prefixes = entries.filter((entry) => entry.endsWith("*")).map((entry) => entry.slice(0, -1));
  return (path) =>
    exact.has(path) || (prefixes.length > 0 && prefixes.some((prefix) => path.startsWith(prefix)));
}
