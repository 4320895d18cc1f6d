import { boundedLabel } from "./http-labels.ts";
import { type LabelSetLimit, overflowLabels } from "./label-set-limit.ts";
import type { Labels } from "./own-metric.ts";

/** A cell for each label set: for what happens less often than requests, which have tables of their own. */
export class CellTable<T> {
  readonly #limit: LabelSetLimit;
  readonly #create: (labels: Labels) => T;
  readonly #cells = new Map<string, T>();
  #overflow: T | undefined;

  constructor(limit: LabelSetLimit, create: (labels: Labels) => T) {
    this.#limit = limit;
    this.#create = create;
  }

  /** The cell of a label set, of its own or, past the limit, the one that takes what has no place; an undefined label is left out. */
  find(labels: Readonly<Record<string, string | undefined>>): T {
    const key = Object.values(labels).join("\n");
    return this.#cells.get(key) ?? this.#add(key, labels);
  }

  all(): readonly T[] {
    const cells = [...this.#cells.values()];
    return this.#overflow === undefined ? cells : [...cells, this.#overflow];
  }

  clear(): void {
    this.#cells.clear();
    this.#limit.clear();
    this.#overflow = undefined;
  }

  #add(key: string, labels: Readonly<Record<string, string | undefined>>): T {
    if (!this.#limit.take()) {
      this.#overflow ??= this.#create(overflowLabels);
      return this.#overflow;
    }
    const known: [string, string][] = [];
    for (const [name, value] of Object.entries(labels)) {
      const label = boundedLabel(value);
      if (label !== undefined) known.push([name, label]);
    }
    const cell = this.#create(Object.fromEntries(known));
    this.#cells.set(key, cell);
    return cell;
  }
}
