import type { Entry } from "../labels/entry.ts";
import { LabelSet } from "../labels/label-set.ts";
import type { Grouping } from "../syntax/ast.ts";
import { SeriesSamples } from "./series-samples.ts";

/** Sorts the entries of a range into series. */
export class SeriesIndex {
  readonly #grouping: Grouping | undefined;
  readonly #unwraps: boolean;
  readonly #groupedNames: ReadonlySet<string>;
  readonly #series: Map<string, SeriesSamples> = new Map();
  // Keys before the labels are put in order: cheaper to build, and several may lead to one series.
  readonly #quick: Map<string, SeriesSamples> = new Map();

  #lastKey = "";
  #last: SeriesSamples | undefined;

  constructor(grouping: Grouping | undefined, { unwraps }: { readonly unwraps: boolean }) {
    this.#unwraps = unwraps;
    this.#grouping = grouping;
    this.#groupedNames = new Set(grouping?.names);
  }

  get size(): number {
    return this.#series.size;
  }

  all(): SeriesSamples[] {
    return [...this.#series.values()];
  }

  seriesOf(entry: Entry): SeriesSamples {
    if (!this.#grouping && entry.isPlain) return this.#series.get(entry.labels().key) ?? this.#add(entry);
    const key = this.#quickKey(entry);
    if (key === this.#lastKey && this.#last) return this.#last;
    const series = this.#quick.get(key) ?? this.#add(entry);
    this.#quick.set(key, series);
    this.#lastKey = key;
    this.#last = series;
    return series;
  }

  /** The series that bears just these labels. */
  seriesWith(labels: LabelSet): SeriesSamples {
    let series = this.#series.get(labels.key);
    if (!series) {
      series = new SeriesSamples(labels);
      this.#series.set(labels.key, series);
    }
    return series;
  }

  #add(entry: Entry): SeriesSamples {
    return this.seriesWith(this.#labelsOf(entry));
  }

  #quickKey(entry: Entry): string {
    let key = "";
    if (this.#grouping && !this.#grouping.without) {
      // A label that is missing is not one that is empty.
      for (const name of this.#grouping.names) key += `${entry.get(name) ?? "\u0001"}\u0000`;
      return key;
    }
    for (const [name, value] of entry.current()) key += `${name}\u0001${value}\u0000`;
    return key;
  }

  #labelsOf(entry: Entry): LabelSet {
    const grouping = this.#grouping;
    if (!grouping || grouping.without) {
      const labels = entry.isSwept && !this.#unwraps ? entry.labels().nonEmpty() : entry.labels();
      const pairs = [...labels.entries()].filter(([name]) => !this.#groupedNames.has(name));
      return LabelSet.from(pairs.map(owned));
    }
    const pairs = [...this.#groupedNames].flatMap((name): [string, string][] => {
      const value = entry.get(name);
      return value === undefined ? [] : [[name, value]];
    });
    return LabelSet.from(pairs.map(owned));
  }
}

// A value cut out of a block of lines holds the whole block in memory; a copy does not.
function owned([name, value]: [string, string]): [string, string] {
  return [name, Buffer.from(value).toString()];
}
