import { type LabelSetLimit, overflowLabels } from "./label-set-limit.ts";
import type { MetricSample } from "./own-metric.ts";

interface CounterCell {
  readonly labels: Readonly<Record<string, string>>;
  value: number;
}

export interface CounterCellsOptions {
  readonly labelName: string;
  readonly limit: LabelSetLimit;
  /** Label values shown from the start, at 0, so that a first increase is an increase. */
  readonly initial?: readonly string[];
}

/** A counter with one label: one map look-up and one addition an increment. */
export class CounterCells {
  readonly #options: CounterCellsOptions;
  readonly #cells = new Map<string, CounterCell>();
  #overflow: CounterCell | undefined;

  constructor(options: CounterCellsOptions) {
    this.#options = options;
    this.#start();
  }

  increment(labelValue: string): void {
    const cell = this.#cells.get(labelValue);
    if (cell === undefined) this.#add(labelValue).value += 1;
    else cell.value += 1;
  }

  samples(): MetricSample[] {
    const cells = [...this.#cells.values()];
    if (this.#overflow !== undefined) cells.push(this.#overflow);
    return cells.map(({ labels, value }) => ({ labels, value }));
  }

  reset(): void {
    this.#cells.clear();
    this.#options.limit.clear();
    this.#overflow = undefined;
    this.#start();
  }

  #start(): void {
    for (const labelValue of this.#options.initial ?? []) this.#add(labelValue);
  }

  #add(labelValue: string): CounterCell {
    const { labelName, limit } = this.#options;
    if (!limit.take()) {
      this.#overflow ??= { labels: overflowLabels, value: 0 };
      return this.#overflow;
    }
    const cell = { labels: { [labelName]: labelValue }, value: 0 };
    this.#cells.set(labelValue, cell);
    return cell;
  }
}
