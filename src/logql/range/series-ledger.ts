import type { LogqlError } from "../errors.ts";
import type { Steps } from "../steps.ts";
import type { RangeAggregation } from "../syntax/ast.ts";
import type { SeriesIndex } from "./series-index.ts";

/**
 * Keeps what each range aggregation of one query has gathered, while lines come in pieces and are let go of. A line with
 * an error only counts once it is known to lie in a window.
 */
export class SeriesLedger {
  readonly #indexes: Map<RangeAggregation, SeriesIndex> = new Map();
  readonly #errorTimes: Map<RangeAggregation, number[]> = new Map();
  readonly #firstError: Map<RangeAggregation, LogqlError> = new Map();

  indexOf(node: RangeAggregation, create: () => SeriesIndex): SeriesIndex {
    const index = this.#indexes.get(node) ?? create();
    this.#indexes.set(node, index);
    return index;
  }

  fail(node: RangeAggregation, at: number, error: () => LogqlError): void {
    const times = this.#errorTimes.get(node);
    if (times) times.push(at);
    else {
      this.#errorTimes.set(node, [at]);
      this.#firstError.set(node, error());
    }
  }

  /** Count all times from a later base. */
  rebase(byNs: number): void {
    for (const index of this.#indexes.values()) for (const series of index.all()) series.shift(-byNs);
    for (const [node, times] of this.#errorTimes) {
      this.#errorTimes.set(
        node,
        times.map((at) => at - byNs),
      );
    }
  }

  /** @throws the error of a line that lies in the window of any step. */
  check(node: RangeAggregation, steps: Steps): void {
    const error = this.#firstError.get(node);
    if (!error) return;
    const times = new Float64Array(this.#errorTimes.get(node) ?? []).sort();
    let next = 0;
    for (let step = 0; step < steps.count; step++) {
      const end = steps.at(step) - node.offsetNs;
      while (next < times.length && (times[next] ?? 0) <= end - node.rangeNs) next++;
      if (next < times.length && (times[next] ?? 0) <= end) throw error;
    }
  }
}
