import type { Limits } from "./limits.ts";
import type { Profile } from "./profile.ts";
import type { ScanStatistics } from "./scan.ts";
import type { LogStore } from "./store/log-store.ts";
import type { QueryTime } from "./time-window.ts";

/** The times at which a query is evaluated, in nanoseconds after its start. */
export class Steps {
  readonly count: number;
  readonly #step: number;

  constructor(count: number, stepNs: number) {
    this.count = count;
    this.#step = stepNs;
  }

  get first(): number {
    return 0;
  }

  get last(): number {
    return this.at(this.count - 1);
  }

  at(i: number): number {
    return i * this.#step;
  }
}

/** What the evaluation of one query has at hand. */
export interface EvaluationContext {
  readonly store: LogStore;
  readonly profile: Profile;
  readonly limits: Limits;
  readonly time: QueryTime;
  readonly steps: Steps;
  readonly statistics: ScanStatistics;
}
