import type { Matrix } from "../../logql/parts.ts";
import { PromqlError } from "../errors.ts";
import type { SeriesSource } from "../series-source.ts";
import type { Shift } from "../syntax/ast.ts";

/** The times of an evaluation, in milliseconds since 1970. */
export interface Grid {
  readonly startMs: number;
  readonly stepMs: number;
  readonly count: number;
}

/** What the evaluation of one expression has at hand. */
export interface EvaluationContext {
  /** The text of the query. */
  readonly source: string;
  readonly store: SeriesSource;
  readonly grid: Grid;
  /** The ends of the whole query, which `start()` and `end()` name; a subquery has another grid, but the same ends. */
  readonly query: { readonly startMs: number; readonly endMs: number };
  /** How long a sample stands for the present, unless a newer one or a stale marker comes. */
  readonly lookbackMs: number;
  /** The step of a subquery that names none. */
  readonly subqueryStepMs: number;
  /** Samples the query may still read or make. */
  readonly budget: SampleBudget;
}

/** What an expression evaluates to, at every time of the grid. A matrix here is an instant vector for each of them. */
export type Value = Matrix | ScalarValue | { readonly kind: "string"; readonly text: string };

export interface ScalarValue {
  readonly kind: "scalar";
  readonly values: Float64Array;
}

/** Counts the samples a query reads and makes. */
export class SampleBudget {
  #left: number;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
    this.#left = most;
  }

  /** @throws PromqlError of kind `limit`. */
  spend(samples: number): void {
    this.#left -= samples;
    if (this.#left < 0)
      throw new PromqlError("limit", `query processing would load more than ${this.#most} samples`);
  }
}

export function timeAt({ startMs, stepMs }: Grid, step: number): number {
  return startMs + step * stepMs;
}

/** The times a selector looks at: those of the grid moved by its offset, or the one that `@` fixes. */
export function shiftedTimes({ offsetMs, at }: Shift, { grid, query }: EvaluationContext): Float64Array {
  const fixed = at && (at.kind === "time" ? at.ms : at.kind === "start" ? query.startMs : query.endMs);
  return Float64Array.from({ length: grid.count }, (_, step) => (fixed ?? timeAt(grid, step)) - offsetMs);
}
