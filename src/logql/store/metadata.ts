/** Structured metadata as a chunk keeps it. */
export interface EncodedMetadata {
  /** What stands beside the line; empty without any. */
  readonly text: string;
  readonly names: readonly string[];
}

/** Write structured metadata as a chunk keeps it. */
export function encodeMetadata(metadata: Readonly<Record<string, string>> | undefined): EncodedMetadata {
  if (!metadata) return noMetadata;
  const names = Object.keys(metadata);
  if (names.length === 0) return noMetadata;
  return { text: JSON.stringify(names.map((name) => [name, metadata[name]])), names };
}

const noMetadata: EncodedMetadata = { text: "", names: [] };

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
