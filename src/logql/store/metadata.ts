/** Write structured metadata as the text a chunk keeps beside the line. */
export function encodeMetadata(metadata: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.entries(metadata ?? {});
  return pairs.length === 0 ? "" : JSON.stringify(pairs);
}

/** Read it back, for a stream whose own labels win: a clash is kept as `name_extracted`. */
export function decodeMetadata(
  text: string,
  stream: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> | undefined {
  if (text === "") return undefined;
  const metadata = new Map<string, string>();
  // The text is what encodeMetadata wrote.
  for (const [name, value] of JSON.parse(text) as [string, string][]) {
    metadata.set(stream.has(name) ? `${name}_extracted` : name, value);
  }
  return metadata;
}
