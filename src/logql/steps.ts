import { LogqlError } from "./errors.ts";
import type { Limits } from "./limits.ts";
import type { Profile } from "./profile.ts";
import { parseDuration } from "./syntax/quantity.ts";

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

  /** The index of the first step at or after a time. */
  firstFrom(time: number): number {
    return time <= 0 || this.#step === 0 ? (time <= 0 ? 0 : this.count) : Math.ceil(time / this.#step);
  }
}

/** A range, in nanoseconds since 1970. */
export interface SteppedRange {
  readonly from: bigint;
  readonly to: bigint;
  readonly stepNs: number;
}

/**
 * Lay the steps over a range.
 * @throws LogqlError when the range or the step cannot be, or the steps are too many.
 */
export function stepsOver(
  { from, to, stepNs }: SteppedRange,
  rules: { readonly limits: Limits; readonly profile: Profile },
): { start: bigint; steps: Steps } {
  if (to < from) throw new LogqlError("execution", "the end of the range lies before its start");
  if (!(stepNs >= 1)) {
    throw new LogqlError(
      "execution",
      "zero or negative query resolution step widths are not accepted. Try a positive integer",
    );
  }
  const step = BigInt(Math.round(stepNs));
  const aligns = rules.profile.stepsAlignToEpoch;
  const start = aligns ? from - (from % step) : from;
  const end = aligns && to % step !== 0n ? to + step - (to % step) : to;
  const count = Number((end - start) / step) + 1;
  const { maxSteps } = rules.limits;
  if (count > maxSteps) {
    const advice = "Try increasing the value of the step parameter";
    throw new LogqlError(
      "limit",
      `exceeded maximum resolution of ${maxSteps} points per time series. ${advice}`,
    );
  }
  return { start, steps: new Steps(count, Number(step)) };
}

/** Nanoseconds of a step as callers write it; without one, a 250th of the range, at least a second, as Loki does. */
export function stepToNs(step: bigint | number | string | undefined, spanNs: bigint): number {
  if (step === undefined) return Math.max(Math.floor(Number(spanNs) / 250e9), 1) * 1e9;
  if (typeof step === "bigint") return Number(step);
  if (typeof step === "number") return step * 1e9;
  return parseDuration(step) ?? Number(step) * 1e9;
}
