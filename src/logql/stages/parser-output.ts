import { type Entry, errorLabel } from "../labels/entry.ts";
import type { FilterTrials } from "./filter-trials.ts";

/** Where a parser puts what it finds. */
export class ParserOutput {
  readonly #keepsErrors: boolean;
  readonly #trials: FilterTrials | undefined;

  constructor({ keepsErrors }: { readonly keepsErrors: boolean }, trials: FilterTrials | undefined) {
    this.#keepsErrors = keepsErrors;
    this.#trials = trials;
  }

  /** Whether the order counts in which labels are set. */
  get isOrdered(): boolean {
    return this.#trials !== undefined;
  }

  /** Set a label; false when a filter of that label drops the line. */
  set(entry: Entry, name: string, value: string): boolean {
    entry.set(name, value);
    return this.#trials?.get(name)?.(entry) ?? true;
  }

  /** Say that the line can't be read. */
  fail(entry: Entry, error: string, details: string): void {
    entry.setError(error, details);
    if (this.#keepsErrors) entry.keepError();
  }

  /** The same, where the filters of the error are tried too; false when one drops the line. */
  failTried(entry: Entry, error: string, details: string): boolean {
    this.fail(entry, error, details);
    return this.#trials?.get(errorLabel)?.(entry) ?? true;
  }
}
