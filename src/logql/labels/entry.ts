import { decodeMetadata } from "../store/metadata.ts";
import { LabelSet } from "./label-set.ts";

export const errorLabel = "__error__";
export const errorDetailsLabel = "__error_details__";

/** Labels of the stream, of the entry (structured metadata), and those that the stages set. */
export interface CategorizedLabels {
  readonly stream: LabelSet;
  readonly metadata: LabelSet;
  readonly parsed: LabelSet;
}

/**
 * The log entry a pipeline works on: one object for all entries of a query, since a query may read millions.
 * Labels come in three layers: of the stream, of the entry (structured metadata), and those the stages set. An error
 * is no label until the labels are read, so that a line cannot bring one of its own.
 */
export class Entry {
  /** The line is `text[start, end)`: cut out only when a stage asks for it whole. */
  text = "";
  start = 0;
  end = 0;
  /** Timestamp in whole milliseconds, and the nanoseconds past them. */
  ms = 0;
  subNs = 0;
  error = "";
  /** Whether a line with its error counts in a metric query: a parser gave it one that the query asks for. */
  keepsError = false;
  #errorDetails = "";
  #swept = false;
  #touched = false;
  #stream: ReadonlyMap<string, string> = new Map();
  #metadata: ReadonlyMap<string, string> | undefined;
  #undecoded = "";
  // undefined marks a label that a stage removed.
  readonly #changed: Map<string, string | undefined> = new Map();
  #streamSet: LabelSet = LabelSet.empty;
  #line: string | undefined;

  enterStream(labels: LabelSet, byName: ReadonlyMap<string, string>): void {
    this.#streamSet = labels;
    this.#stream = byName;
  }

  get line(): string {
    this.#line ??= this.text.slice(this.start, this.end);
    return this.#line;
  }

  set line(line: string) {
    this.text = line;
    this.start = 0;
    this.end = line.length;
    this.#line = line;
  }

  /** Begin the next line of the stream, which lies in a longer text. */
  resetWithin(text: string, start: number, end: number): void {
    this.reset("", undefined);
    this.text = text;
    this.start = start;
    this.end = end;
    this.#line = undefined;
  }

  /** Begin the next line of the stream. */
  reset(line: string, metadata: ReadonlyMap<string, string> | undefined): void {
    this.line = line;
    this.error = "";
    this.keepsError = false;
    this.#errorDetails = "";
    this.#swept = false;
    this.#touched = false;
    this.#metadata = metadata;
    this.#undecoded = "";
    if (this.#changed.size > 0) this.#changed.clear();
  }

  /** Give the entry its structured metadata as a chunk keeps it: it is decoded only when a label of it may be asked for. */
  holdMetadata(text: string): void {
    this.#undecoded = text;
  }

  get(name: string): string | undefined {
    if (name === errorLabel) return this.error === "" ? undefined : this.error;
    if (this.#changed.size > 0 && this.#changed.has(name)) return this.#changed.get(name);
    return this.#ownOf(name) ?? this.#stream.get(name);
  }

  /** Whether the label belongs to the stream or to the entry, before any stage. */
  isBase(name: string): boolean {
    return this.#stream.has(name) || (!this.#changed.has(name) && this.#ownOf(name) !== undefined);
  }

  /** Whether a stage has set or removed the label: a parser leaves it as it is then. */
  isChanged(name: string): boolean {
    return this.#changed.has(name) && !this.#isDroppedOwn(name);
  }

  /** Whether a stage that takes labels away has run: the labels of a series then have no empty values. */
  get isSwept(): boolean {
    return this.#swept;
  }

  sweep(): void {
    this.#swept = true;
  }

  /** Note that a stage meant to change a label that is not there. */
  touch(): void {
    this.#touched = true;
  }

  set(name: string, value: string): void {
    this.#changed.set(name, value);
  }

  remove(name: string): void {
    this.#changed.set(name, undefined);
  }

  setError(error: string, details: string): void {
    this.error = error;
    if (details !== "") this.#errorDetails = details;
  }

  keepError(): void {
    this.keepsError = true;
  }

  /** Forget what went wrong. The details stay until they are dropped by their own name. */
  dropError(): void {
    this.error = "";
  }

  dropErrorDetails(): void {
    this.#errorDetails = "";
  }

  /** Every label as it stands now. */
  *current(): Iterable<[string, string]> {
    for (const [name, value] of this.#stream) {
      if (!this.#changed.has(name) && !this.#own()?.has(name)) yield [name, value];
    }
    for (const [name, value] of this.#own() ?? []) if (!this.#changed.has(name)) yield [name, value];
    const failed = this.error !== "";
    for (const [name, value] of this.#changed) {
      if (value !== undefined && !(failed && name === errorLabel)) yield [name, value];
    }
    if (failed) yield [errorLabel, this.error];
    const isChanged = this.#touched || this.#changed.size > 0 || this.#own() !== undefined;
    if (this.#errorDetails !== "" && (failed || isChanged)) yield [errorDetailsLabel, this.#errorDetails];
  }

  /** The labels by where they come from, as Loki's `categorize-labels` answers tell them apart. */
  categorized(): CategorizedLabels {
    const kept = ([name]: readonly [string, string]): boolean => !this.#changed.has(name);
    const parsed = new Map<string, string>();
    for (const [name, value] of this.#changed) if (value !== undefined) parsed.set(name, value);
    if (this.error !== "") parsed.set(errorLabel, this.error);
    else parsed.delete(errorLabel);
    if (this.error !== "" && this.#errorDetails !== "") parsed.set(errorDetailsLabel, this.#errorDetails);
    return {
      stream: LabelSet.from([...this.#stream].filter((pair) => kept(pair) && !this.#own()?.has(pair[0]))),
      metadata: LabelSet.from([...(this.#own() ?? [])].filter(kept)),
      parsed: LabelSet.from(parsed),
    };
  }

  /** Whether the labels are those of the stream. */
  get isPlain(): boolean {
    return !this.#own() && this.#changed.size === 0 && this.error === "" && !this.#touched;
  }

  /** Whether it has no label at all. */
  get isBare(): boolean {
    for (const _ of this.current()) return false;
    return true;
  }

  /** The labels as an immutable set. */
  labels(): LabelSet {
    if (this.isPlain) return this.#streamSet;
    return LabelSet.from(this.current());
  }

  // Structured metadata that a stage removed leaves its name free, where a label of the stream does not.
  #isDroppedOwn(name: string): boolean {
    if (!this.#changed.has(name) || this.#changed.get(name) !== undefined) return false;
    return !this.#stream.has(name) && this.#ownOf(name) !== undefined;
  }

  #own(): ReadonlyMap<string, string> | undefined {
    if (this.#undecoded === "") return this.#metadata;
    this.#metadata = decodeMetadata(this.#undecoded, this.#stream);
    this.#undecoded = "";
    return this.#metadata;
  }

  #ownOf(name: string): string | undefined {
    // Most labels that are asked for are none of these, and to decode costs more than to look.
    if (this.#undecoded !== "" && !this.#undecoded.includes(name) && !name.endsWith("_extracted"))
      return undefined;
    return this.#own()?.get(name);
  }
}
