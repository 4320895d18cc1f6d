import type { Cost, Reference } from "./overhead.ts";

/** What the kit may cost above bare, as a share of what each reference costs above bare. */
const LIMITS: readonly { readonly reference: Reference; readonly most: number }[] = [
  { reference: "do-it-yourself", most: 0.4 },
  { reference: "floor", most: 1.15 },
  { reference: "pino-http", most: 0.5 },
];

export interface Verdict {
  readonly met: boolean;
  readonly text: string;
}

/** Hold the kit's cost against its limits; a ratio that was not measured is not met. */
export function verdicts(costs: readonly Cost[]): readonly Verdict[] {
  const kit = costs.find(({ name }) => name === "kit");
  return LIMITS.map(({ reference, most }) => {
    const ratio = kit?.ratio[reference]?.value;
    const met = ratio !== undefined && ratio <= most;
    const what = `taffrail's overhead over ${reference}'s`;
    if (ratio === undefined) return { met, text: `not measured: ${what}, at most ${most}` };
    return { met, text: `${met ? "met" : "NOT MET"}: ${what} is ${ratio.toFixed(2)}, at most ${most}` };
  });
}
