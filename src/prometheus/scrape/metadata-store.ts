import type { FamilyMetadata } from "./exposition.ts";

/** What targets tell of their metrics, by name. */
export class MetadataStore {
  readonly #families: Map<string, FamilyMetadata> = new Map();

  take(families: ReadonlyMap<string, FamilyMetadata>): void {
    for (const [name, family] of families) {
      if (this.#families.size >= maxFamilies && !this.#families.has(name)) return;
      this.#families.set(name, family);
    }
  }

  entries(): [string, FamilyMetadata][] {
    return [...this.#families];
  }
}

const maxFamilies = 20_000;
