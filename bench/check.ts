import type { Framework } from "./frameworks.ts";
import type { Cost } from "./overhead.ts";

export interface Verdict {
  readonly met: boolean;
  readonly text: string;
}

/** Hold the kit's cost against its limits on a framework; a ratio that was not measured is not met. */
export function verdicts({ limits }: Framework, costs: readonly Cost[]): readonly Verdict[] {
  const kit = costs.find(({ name }) => name === "kit");
  return limits.map(({ reference, most }) => {
    const ratio = kit?.ratio[reference];
    const met = ratio !== undefined && ratio.value <= most;
    const what = `taffrail's overhead over ${reference}'s`;
    if (ratio === undefined) return { met, text: `not measured: ${what}, at most ${most}` };
    const [low, high] = [ratio.low.toFixed(2), ratio.high.toFixed(2)];
    const doubt =
      ratio.low <= most && most < ratio.high ? " (the interval holds the limit: more rounds would tell)" : "";
    const figure = `${ratio.value.toFixed(2)} (${low}–${high})`;
    return { met, text: `${met ? "met" : "NOT MET"}: ${what} is ${figure}, at most ${most}${doubt}` };
  });
}
