import type { LabelSet } from "../../logql/parts.ts";
import type { Matcher } from "../../promql/index.ts";
import type { ExposedExemplar } from "./exposition.ts";

/** An exemplar, with the series it belongs to. */
export interface StoredExemplar {
  readonly series: LabelSet;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly timeMs: number;
}

/** The newest exemplars, up to a number. */
export class ExemplarStore {
  readonly #most: number;
  #exemplars: StoredExemplar[] = [];
  readonly #last: Map<string, string> = new Map();

  constructor(most: number) {
    this.#most = most;
  }

  get count(): number {
    return this.#exemplars.length;
  }

  /** Take an exemplar, unless the series showed the same one before. */
  add(series: LabelSet, { labels, value, timeMs }: ExposedExemplar, nowMs: number): void {
    const text = JSON.stringify([labels, value, timeMs]);
    if (this.#last.get(series.key) === text) return;
    if (this.#last.size >= this.#most) this.#last.clear();
    this.#last.set(series.key, text);
    this.#exemplars.push({ series, labels, value, timeMs: timeMs ?? nowMs });
    // A half is dropped at once: an array is not shifted for each.
    if (this.#exemplars.length > this.#most)
      this.#exemplars = this.#exemplars.slice(-Math.ceil(this.#most / 2));
  }

  /** The exemplars of the series that any of the selectors takes, within a time. */
  select(
    selectors: readonly (readonly Matcher[])[],
    { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  ): StoredExemplar[] {
    return this.#exemplars.filter(
      ({ series, timeMs }) =>
        timeMs >= startMs &&
        timeMs <= endMs &&
        selectors.some((matchers) => matchers.every(({ name, matches }) => matches(series.get(name) ?? ""))),
    );
  }
}
