import { LabelSet } from "./label-set.ts";

export const errorLabel = "__error__";
export const errorDetailsLabel = "__error_details__";

/**
 * The log entry a pipeline works on: one object for all entries of a query, since a query may read millions.
 * Labels come in three layers: of the stream, of the entry (structured metadata), and those the stages set.
 */
export class Entry {
  line = "";
  /** Timestamp in whole milliseconds, and the nanoseconds past them. */
  ms = 0;
  subNs = 0;
  #stream: ReadonlyMap<string, string> = new Map();
  #metadata: ReadonlyMap<string, string> | undefined;
  // undefined marks a label that a stage removed.
  readonly #changed: Map<string, string | undefined> = new Map();
  #streamSet: LabelSet = LabelSet.empty;

  enterStream(labels: LabelSet, byName: ReadonlyMap<string, string>): void {
    this.#streamSet = labels;
    this.#stream = byName;
  }

  /** Begin the next line of the stream. */
  reset(line: string, metadata: ReadonlyMap<string, string> | undefined): void {
    this.line = line;
    this.#metadata = metadata;
    if (this.#changed.size > 0) this.#changed.clear();
  }

  get(name: string): string | undefined {
    if (this.#changed.size > 0 && this.#changed.has(name)) return this.#changed.get(name);
    return this.#metadata?.get(name) ?? this.#stream.get(name);
  }

  /** Whether the label belongs to the stream or to the entry, before any stage. */
  isBase(name: string): boolean {
    return this.#stream.has(name) || (this.#metadata?.has(name) ?? false);
  }

  set(name: string, value: string): void {
    this.#changed.set(name, value);
  }

  /** Whether a stage has set or removed the label: a parser leaves it as it is then. */
  isChanged(name: string): boolean {
    return this.#changed.has(name);
  }

  remove(name: string): void {
    this.#changed.set(name, undefined);
  }

  get hasError(): boolean {
    return this.#changed.size > 0 && (this.#changed.get(errorLabel) ?? "") !== "";
  }

  setError(error: string, details: string): void {
    this.#changed.set(errorLabel, error);
    if (details !== "") this.#changed.set(errorDetailsLabel, details);
  }

  /** Every label as it stands now. */
  *current(): Iterable<[string, string]> {
    for (const [name, value] of this.#stream) {
      if (!this.#changed.has(name) && !this.#metadata?.has(name)) yield [name, value];
    }
    for (const [name, value] of this.#metadata ?? []) if (!this.#changed.has(name)) yield [name, value];
    for (const [name, value] of this.#changed) if (value !== undefined) yield [name, value];
  }

  /** The labels as an immutable set. */
  labels(): LabelSet {
    if (!this.#metadata && this.#changed.size === 0) return this.#streamSet;
    return LabelSet.from(this.current());
  }

  /** Whether the labels are exactly those of the stream. */
  get isPlain(): boolean {
    return !this.#metadata && this.#changed.size === 0;
  }
}
