import type { LineTables } from "./columns/line-tables.ts";
import type { Limits } from "./limits.ts";
import type { Profile } from "./profile.ts";
import type { SampleCache } from "./range/sample-cache.ts";
import type { SeriesLedger } from "./range/series-ledger.ts";
import type { ScanStatistics } from "./scan.ts";
import type { Steps } from "./steps.ts";
import type { LogStore } from "./store/log-store.ts";
import type { QueryTime } from "./time-window.ts";

/** What the evaluation of one query has at hand. */
export interface EvaluationContext {
  /** The text of the query. */
  readonly source: string;
  readonly store: LogStore;
  readonly profile: Profile;
  readonly limits: Limits;
  readonly time: QueryTime;
  readonly steps: Steps;
  readonly statistics: ScanStatistics;
  /** What earlier queries read in the same chunks. */
  readonly tables?: LineTables;
  /** What earlier queries made of the same chunks. */
  readonly samples?: SampleCache;
  /** Where samples are kept when the lines come in pieces. */
  readonly ledger?: SeriesLedger;
}
