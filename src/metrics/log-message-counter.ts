import { CounterCells } from "./counter-cells.ts";
import { LabelSetLimit, type LabelSetLimitOptions } from "./label-set-limit.ts";
import type { MetricsPart } from "./metrics-part.ts";
import { OwnMetric } from "./own-metric.ts";

const levels: readonly string[] = ["trace", "debug", "info", "warn", "error", "fatal"];

/** Counts log lines by level; custom levels are counted too. */
export class LogMessageCounter implements MetricsPart {
  readonly metrics: readonly OwnMetric[];
  readonly limit: LabelSetLimit;
  readonly #cells: CounterCells;

  constructor(options: LabelSetLimitOptions) {
    this.limit = new LabelSetLimit("log_messages_total", options);
    this.#cells = new CounterCells({ labelName: "level", limit: this.limit, initial: levels });
    const read = this.#cells.samples.bind(this.#cells);
    const reset = this.#cells.reset.bind(this.#cells);
    this.metrics = [new OwnMetric("log_messages_total", { read, reset })];
  }

  count(level: string): void {
    this.#cells.increment(level);
  }
}
