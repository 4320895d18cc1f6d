import type { EntryLabels } from "../result.ts";
import type { CategorizedLabels } from "./entry.ts";

/** The labels that an entry has of its own, as an answer shows them. */
export function entryLabels({ metadata, parsed }: Omit<CategorizedLabels, "stream">): EntryLabels {
  return {
    ...(metadata.names.length > 0 && { structuredMetadata: metadata.toObject() }),
    ...(parsed.names.length > 0 && { parsed: parsed.toObject() }),
  };
}
